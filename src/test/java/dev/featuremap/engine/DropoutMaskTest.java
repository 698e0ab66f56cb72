package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMaskTest {
    private static final int UNITS = 801;

    private static float[] mask(int layer, double retain, int examples, long seed, long firstExample) {
        float[] mask = new float[examples * UNITS];
        new DropoutMask(layer, retain).fill(mask, UNITS, seed, firstExample);
        return mask;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.8, 0.999})
    void keepsTheShareItShouldAndTheMean(double retain) {
        float[] mask = mask(3, retain, 1000, 42, 0);
        int kept = 0;
        double sum = 0;
        for (float value : mask) {
            kept += value == 0 ? 0 : 1;
            sum += value;
        }
        double deviation = Math.sqrt(retain * (1 - retain) / mask.length);
        assertThat((double) kept / mask.length).isCloseTo(retain, within(4 * deviation));
        assertThat(sum / mask.length).isCloseTo(1, within(4 * deviation / retain));
    }

    @Test
    void keepsAllUnitsWhenItShouldKeepAll() {
        assertThat(mask(0, 1, 10, 1, 0)).containsOnly(1);
    }

    @Test
    void isTheSameForAPartOfABatchAsForTheWhole() {
        float[] whole = mask(2, 0.5, 10, 7, 0);
        float[] part = mask(2, 0.5, 3, 7, 5);
        for (int i = 0; i < part.length; i++) {
            assertThat(part[i]).isEqualTo(whole[5 * UNITS + i]);
        }
    }

    @Test
    void differsByAboutHalfOfItsUnitsBetweenSeedsLayersAndExamples() {
        float[] one = mask(0, 0.5, 100, 1, 0);
        assertThat(agreement(one, mask(0, 0.5, 100, 2, 0))).isCloseTo(0.5, within(0.01));
        assertThat(agreement(one, mask(1, 0.5, 100, 1, 0))).isCloseTo(0.5, within(0.01));
        assertThat(agreement(one, mask(0, 0.5, 100, 1, 1))).isCloseTo(0.5, within(0.01));
    }

    @Test
    void drawsNeighboursIndependently() {
        float[] mask = mask(0, 0.5, 100, 1, 0);
        float[] moved = new float[mask.length];
        System.arraycopy(mask, 1, moved, 0, mask.length - 1);
        assertThat(agreement(mask, moved)).isCloseTo(0.5, within(0.01));
    }

    private static double agreement(float[] a, float[] b) {
        int same = 0;
        for (int i = 0; i < a.length; i++) {
            same += a[i] == b[i] ? 1 : 0;
        }
        return (double) same / a.length;
    }
}
