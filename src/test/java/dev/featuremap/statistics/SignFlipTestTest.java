package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignFlipTestTest {
    /**
     * Heights of fifteen pairs of crossed and self-fertilised maize, in eighths of an inch (Darwin 1876): Fisher (1935, The
     * Design of Experiments, section 21) counts 1726 of the 32768 ways as at least as far from 0 as the one seen.
     */
    @Test
    void repeatsFishersCountOfDarwinsMaize() {
        double[] maize = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};

        assertThat(SignFlipTest.p(maize)).isCloseTo(1726 / 32768.0, within(1e-12));
    }

    @Test
    void countsAllWaysToSignTheDifferences() {
        Random random = new Random(4);
        for (int trial = 0; trial < 200; trial++) {
            int n = 1 + random.nextInt(10);
            double[] differences =
                    random.ints(n, -4, 7).mapToDouble(difference -> difference).toArray();

            assertThat(SignFlipTest.p(differences)).isEqualTo(counted(differences));
        }
    }

    /** Sums of 0.1, 0.2 and −0.3 in another order are not the same double. */
    @Test
    void takesSumsThatDifferByRoundingForTheSame() {
        double[] tenths = {0.1, 0.2, -0.3, 0.7, 0.4};
        double[] whole = {1, 2, -3, 7, 4};

        assertThat(SignFlipTest.p(tenths)).isEqualTo(SignFlipTest.p(whole));
        assertThat(SignFlipTest.p(new double[] {0.1, 0.2, -0.3})).isEqualTo(1);
    }

    @Test
    void cannotComeBelowTwoOfAllWays() {
        assertThat(SignFlipTest.smallest(5)).isEqualTo(0.0625);
        assertThat(SignFlipTest.smallest(6)).isEqualTo(0.03125);
        assertThat(SignFlipTest.smallest(1)).isEqualTo(1);
        assertThat(SignFlipTest.smallest(0)).isEqualTo(1);
        for (int n : new int[] {1, 5, 6, 12, 20, 40}) {
            double[] differences =
                    IntStream.rangeClosed(1, n).mapToDouble(i -> n < 21 ? i : 1).toArray();
            assertThat(SignFlipTest.p(differences)).isEqualTo(SignFlipTest.smallest(n));
        }
    }

    @Test
    void saysNothingWithoutDifferences() {
        assertThat(SignFlipTest.p(new double[0])).isEqualTo(1);
        assertThat(SignFlipTest.p(new double[] {0, 0, 0})).isEqualTo(1);
    }

    /** Of 24 equal differences, as in the binomial: P(|heads − 12| ≥ 6) = 0.022656…; standard error 0.0005 with 100,000 draws. */
    @Test
    void drawsWhereThereAreTooManyWays() {
        double[] differences =
                IntStream.range(0, 24).mapToDouble(i -> i < 18 ? 1 : -1).toArray();
        double exact = 2 * upperTail(18, 24);

        assertThat(SignFlipTest.p(differences)).isCloseTo(exact, within(3 * Math.sqrt(exact / 100_000)));
        assertThat(SignFlipTest.p(differences)).isEqualTo(SignFlipTest.p(differences));
    }

    /** More signs than one whole number has bits: of 40 equal differences, P(|heads − 20| ≥ 8) = 0.0166. */
    @Test
    void drawsASignOfItsOwnForEachOfManyDifferences() {
        double[] differences =
                IntStream.range(0, 40).mapToDouble(i -> i < 28 ? 1 : -1).toArray();
        double exact = 2 * upperTail(28, 40);

        assertThat(exact).isCloseTo(0.0166, within(5e-5));
        assertThat(SignFlipTest.p(differences)).isCloseTo(exact, within(3 * Math.sqrt(exact / 100_000)));
    }

    /** The chance of at least so many heads in n tosses. */
    private static double upperTail(int heads, int n) {
        double ways = 1;
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            sum += i >= heads ? ways : 0;
            ways = ways * (n - i) / (i + 1);
        }
        return sum / Math.scalb(1.0, n);
    }

    private static double counted(double[] differences) {
        double seen = 0;
        for (double difference : differences) {
            seen += difference;
        }
        int asFar = 0;
        for (int way = 0; way < 1 << differences.length; way++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += ((way >> i) & 1) == 0 ? differences[i] : -differences[i];
            }
            asFar += Math.abs(sum) >= Math.abs(seen) ? 1 : 0;
        }
        return asFar / (double) (1 << differences.length);
    }
}
