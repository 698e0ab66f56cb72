package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedRowsTest {
    private static final float[][] ROWS = {{1, 10}, {2, 20}, {4, 40}, {8, 80}, {16, 160}, {32, 320}, {64, 640}};

    /** Some are summed four at a time, the rest by threes, twos and ones. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void addsEveryRowTimesItsFactor(int count) {
        WeightedRows lists = new WeightedRows(2, 7);
        float expected = 1000;
        for (int row = 0; row < count; row++) {
            lists.put(1, row, row + 1);
            expected += (row + 1) * ROWS[row][0];
        }
        lists.put(0, 0, 99); // another list's
        float[] sum = {1000, 0};
        lists.addTo(sum, 1, ROWS);
        assertThat(sum).containsExactly(expected, (expected - 1000) * 10);
        assertThat(lists.isEmpty(1)).isEqualTo(count == 0);
    }

    @Test
    void leavesFactorsOfZeroOutAndKeepsNaN() {
        WeightedRows lists = new WeightedRows(2, 3);
        lists.put(0, 0, 0f);
        lists.put(0, 1, -0f);
        assertThat(lists.isEmpty(0)).isTrue();
        lists.put(1, 0, 0f);
        lists.put(1, 1, Float.NaN);
        float[] sum = {0, 0};
        lists.addTo(sum, 1, ROWS);
        assertThat(sum).containsOnly(Float.NaN);
        lists.clear();
        assertThat(lists.isEmpty(1)).isTrue();
    }
}
