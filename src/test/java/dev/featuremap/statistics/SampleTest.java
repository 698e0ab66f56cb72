package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

/** Figures against tables, published examples, closed forms and hand arithmetic. */
class SampleTest {
    /** Hours of sleep gained by the second drug over the first, of ten patients (Student 1908, The probable error of a mean). */
    static final double[] SLEEP = {-1.2, -2.4, -1.3, -1.3, 0, -1, -1.8, -0.8, -4.6, -1.4};

    /** Student's t at 97.5 % of 4 degrees of freedom, from printed tables. */
    private static final double T4 = 2.776445105;

    @Test
    void givesMeanDeviationAndIntervalOfFiveValues() {
        Sample sample = Sample.of(new double[] {1, 2, 3, 4, 5});

        double half = T4 * Math.sqrt(2.5) / Math.sqrt(5);
        Interval interval = sample.interval().orElseThrow();
        assertThat(sample.n()).isEqualTo(5);
        assertThat(sample.mean()).isCloseTo(3, within(1e-12));
        assertThat(sample.sd()).isCloseTo(Math.sqrt(2.5), within(1e-12));
        assertThat(interval.low()).isCloseTo(3 - half, within(1e-8));
        assertThat(interval.high()).isCloseTo(3 + half, within(1e-8));
        assertThat(sample.halfWidth()).isCloseTo(1.963243, within(1e-6));
        assertThat(interval.halfWidth()).isCloseTo(sample.halfWidth(), within(1e-12));
    }

    /** R's {@code t.test(extra ~ group, data = sleep, paired = TRUE)} prints these. */
    @Test
    void repeatsStudentsOwnExample() {
        Sample sleep = Sample.of(SLEEP);

        assertThat(sleep.mean()).isCloseTo(-1.58, within(1e-12));
        assertThat(sleep.mean() / (sleep.sd() / Math.sqrt(10))).isCloseTo(-4.0621, within(5e-5));
        assertThat(sleep.pOfZero()).isCloseTo(0.002833, within(5e-7));
        assertThat(sleep.interval().orElseThrow().low()).isCloseTo(-2.4598858, within(5e-8));
        assertThat(sleep.interval().orElseThrow().high()).isCloseTo(-0.7001142, within(5e-8));
    }

    @Test
    void knowsNoSpreadOfOneValue() {
        Sample sample = Sample.of(new double[] {0.5});

        assertThat(sample.sd()).isNaN();
        assertThat(sample.interval()).isEmpty();
        assertThat(sample.effect()).isEmpty();
        assertThat(sample.pOfZero()).isEqualTo(1);
        assertThat(sample.pOfEquivalence(1)).isEqualTo(1);
    }

    @Test
    void concludesNothingWithoutSpread() {
        Sample sample = Sample.of(new double[] {0.25, 0.25, 0.25, 0.25, 0.25});

        assertThat(sample.sd()).isZero();
        assertThat(sample.hasSpread()).isFalse();
        assertThat(sample.interval()).isEmpty();
        assertThat(sample.effect()).isEmpty();
        assertThat(sample.pOfZero()).isEqualTo(1);
        assertThat(sample.pOfEquivalence(1)).isEqualTo(1);
        assertThat(Sample.of(new double[] {0, 0}).pOfZero()).isEqualTo(1);
    }

    /** 0.3 − 0.25 and 0.95 − 0.9 are not the same double. */
    @Test
    void takesRoundingForNoSpread() {
        double[] differences = {0.3 - 0.25, 0.3 - 0.25, 0.95 - 0.9};

        assertThat(differences[0]).isNotEqualTo(differences[2]);
        assertThat(Sample.of(differences).hasSpread()).isFalse();
        assertThat(Sample.of(new double[] {0.05, 0.05, 0.0501}).hasSpread()).isTrue();
    }

    @Test
    void pOfZeroIsTheClosedFormOfStudentsT() {
        Random random = new Random(5);
        for (int trial = 0; trial < 200; trial++) {
            int n = 2 + trial % 30;
            double[] values = random.doubles(n, -1, 2).toArray();
            double t = Math.abs(mean(values)) / standardError(values);

            assertThat(Sample.of(values).pOfZero())
                    .isCloseTo(2 * ClosedStudentT.cumulativeProbability(-t, n - 1), within(1e-12));
        }
    }

    @Test
    void pOfZeroIsTheStatisticsLibrarysTTest() {
        Random random = new Random(6);
        for (int n = 2; n < 30; n++) {
            double[] values = random.doubles(n, -1, 1.5).toArray();
            assertThat(Sample.of(values).pOfZero()).isCloseTo(new TTest().tTest(0, values), within(1e-12));
        }
    }

    @Test
    void pOfEquivalenceIsTheGreaterOfTwoOneSidedTests() {
        Random random = new Random(7);
        for (int trial = 0; trial < 200; trial++) {
            int n = 2 + trial % 30;
            double[] values = random.doubles(n, -1.2, 1).toArray();
            double error = standardError(values);
            double above = ClosedStudentT.cumulativeProbability(-(mean(values) + 0.4) / error, n - 1);
            double below = ClosedStudentT.cumulativeProbability((mean(values) - 0.4) / error, n - 1);

            assertThat(Sample.of(values).pOfEquivalence(0.4)).isCloseTo(Math.max(above, below), within(1e-12));
        }
    }

    /** Equal at 5 % is the same as the 90 % interval within the margin: mean 3, t(0.95, 4) = 2.131846786 in printed tables. */
    @Test
    void isEquivalentAtFivePercentWhereTheNinetyPercentIntervalEndsAtTheMargin() {
        double reach = 3 + 2.131846786 * Math.sqrt(2.5) / Math.sqrt(5);

        assertThat(Sample.of(new double[] {1, 2, 3, 4, 5}).pOfEquivalence(reach))
                .isCloseTo(0.05, within(1e-9));
        assertThat(Sample.of(new double[] {-1, -2, -3, -4, -5}).pOfEquivalence(reach))
                .isCloseTo(0.05, within(1e-9));
    }

    /** With ten folds each tested on what the nine others train on, the variance of the mean is (1/10 + 1/9) s² in place of s²/10. */
    @Test
    void widensWhatFoldsOfTheSameDataTell() {
        double t = 4.0621276834 * Math.sqrt((1.0 / 10) / (1.0 / 10 + 1.0 / 9));
        Sample folds = Sample.of(SLEEP, 1.0 / 9);

        assertThat(folds.pOfZero()).isCloseTo(2 * ClosedStudentT.cumulativeProbability(-t, 9), within(1e-9));
        assertThat(folds.halfWidth()).isCloseTo(Sample.of(SLEEP).halfWidth() * Math.sqrt(1 + 10.0 / 9), within(1e-12));
        assertThat(folds.pOfEquivalence(2))
                .isCloseTo(
                        ClosedStudentT.cumulativeProbability(
                                (1.58 - 2) / (folds.sd() * Math.sqrt(1.0 / 10 + 1.0 / 9)), 9),
                        within(1e-12));
    }

    /** The ends of the interval are where the seen t is the 97.5th and the 2.5th of 100 of the noncentral t. */
    @Test
    void givesTheEffectWithItsExactInterval() {
        Effect effect = Sample.of(SLEEP).effect().orElseThrow();

        // By numerical integration over the normal (SciPy), solved for the noncentrality.
        assertThat(effect.d()).isCloseTo(-1.2845575625, within(1e-9));
        assertThat(effect.interval().low()).isCloseTo(-2.1180165140, within(1e-9));
        assertThat(effect.interval().high()).isCloseTo(-0.4146277564, within(1e-9));
    }

    @Test
    void widensTheEffectOfFolds() {
        Effect alone = Sample.of(SLEEP).effect().orElseThrow();
        Effect folds = Sample.of(SLEEP, 1.0 / 9).effect().orElseThrow();

        assertThat(folds.d()).isEqualTo(alone.d());
        assertThat(folds.interval().low()).isLessThan(alone.interval().low());
        assertThat(folds.interval().high()).isGreaterThan(alone.interval().high());
    }

    @Test
    void givesNoEffectOfFewerThanFiveValues() {
        assertThat(Sample.of(new double[] {1, 2, 3, 4}).effect()).isEmpty();
        assertThat(Sample.of(new double[] {1, 2, 3, 4, 5}).effect()).isPresent();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
