package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PositivesTest {
    /** Mean 0.02, sd 0.01, t(0.975, 2) = 4.302652730 in printed tables. */
    @Test
    void isSymmetricOnTheScaleOfLogarithms() {
        Interval interval = interval(0.01, 0.02, 0.03);

        double half = 4.302652730 * 0.01 / Math.sqrt(3) / 0.02;
        assertThat(Math.log(interval.low() / 0.02)).isCloseTo(-half, within(1e-8));
        assertThat(Math.log(interval.high() / 0.02)).isCloseTo(half, within(1e-8));
    }

    @Test
    void staysAboveZeroWhereTheUsualIntervalDoesNot() {
        assertThat(Sample.of(new double[] {0.01, 0.001, 0.0001})
                        .interval()
                        .orElseThrow()
                        .low())
                .isNegative();
        assertThat(interval(0.01, 0.001, 0.0001).low()).isPositive();
    }

    @Test
    void knowsNothingWithoutSpreadOrOfOneValue() {
        assertThat(Positives.interval(Sample.of(new double[] {0.1, 0.1}))).isEmpty();
        assertThat(Positives.interval(Sample.of(new double[] {0.1}))).isEmpty();
    }

    private static Interval interval(double... values) {
        return Positives.interval(Sample.of(values)).orElseThrow();
    }
}
