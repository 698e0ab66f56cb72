package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HolmTest {
    private static final Offset<Double> CLOSE = within(1e-12);

    /** Of these four, Holm's method rejects the first and the last at 5 % (the example of Wikipedia's page on it). */
    @Test
    void correctsInTheOrderGiven() {
        assertThat(Holm.adjusted(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, CLOSE);
    }

    @Test
    void neverPassesOne() {
        assertThat(Holm.adjusted(new double[] {0.4, 0.9, 0.6})).containsExactly(1, 1, 1);
        assertThat(Holm.adjusted(new double[] {0.3})).containsExactly(0.3);
        assertThat(Holm.adjusted(new double[0])).isEmpty();
    }

    @Test
    void rejectsAsTheStepsOfHolmDo() {
        Random random = new Random(1);
        for (int trial = 0; trial < 500; trial++) {
            double[] p =
                    random.doubles(1 + random.nextInt(8)).map(u -> u * u * u).toArray();
            double[] adjusted = Holm.adjusted(p);

            boolean[] rejected = steps(p, 0.05);
            for (int i = 0; i < p.length; i++) {
                assertThat(adjusted[i] <= 0.05).isEqualTo(rejected[i]);
            }
        }
    }

    /** Rejects the smallest p ≤ level / (how many are left), again and again until one is not. */
    private static boolean[] steps(double[] p, double level) {
        boolean[] rejected = new boolean[p.length];
        for (int left = p.length; left > 0; left--) {
            int smallest = -1;
            for (int i = 0; i < p.length; i++) {
                smallest = !rejected[i] && (smallest < 0 || p[i] < p[smallest]) ? i : smallest;
            }
            if (p[smallest] > level / left) {
                return rejected;
            }
            rejected[smallest] = true;
        }
        return rejected;
    }
}
