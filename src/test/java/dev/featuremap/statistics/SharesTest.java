package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {
    /** Mean 0.98, sd 0.01, t(0.975, 2) = 4.302652730: logit(0.98) ± 4.3027 · 0.01 / √3 / (0.98 · 0.02). */
    @Test
    void isSymmetricOnTheScaleOfLogOdds() {
        Interval interval =
                Shares.interval(Sample.of(new double[] {0.97, 0.98, 0.99})).orElseThrow();

        double half = 4.302652730 * 0.01 / Math.sqrt(3) / (0.98 * 0.02);
        assertThat(logit(interval.low())).isCloseTo(Math.log(49) - half, within(1e-8));
        assertThat(logit(interval.high())).isCloseTo(Math.log(49) + half, within(1e-8));
    }

    /** The usual interval of these reaches from 0.983 to 1.009. */
    @Test
    void staysBelowOneWhereTheUsualIntervalDoesNot() {
        double[] accuracies = {1, 1, 0.99, 0.994};

        assertThat(Sample.of(accuracies).interval().orElseThrow().high()).isGreaterThan(1);
        Interval interval = Shares.interval(Sample.of(accuracies)).orElseThrow();
        assertThat(interval.low()).isBetween(0.95, 0.99);
        assertThat(interval.high()).isBetween(0.996, 0.9999);
    }

    @Test
    void holdsTheMeanAndStaysWithinZeroAndOneWhateverTheShares() {
        Random random = new Random(3);
        for (int trial = 0; trial < 1000; trial++) {
            double power = Math.pow(10, 4 * random.nextDouble() - 2);
            double[] shares = random.doubles(2 + random.nextInt(9))
                    .map(share -> Math.pow(share, power))
                    .toArray();
            Interval interval = Shares.interval(Sample.of(shares)).orElseThrow();

            assertThat(interval.contains(Sample.of(shares).mean())).isTrue();
            assertThat(interval.low()).isGreaterThan(0);
            assertThat(interval.high()).isLessThan(1);
        }
    }

    @Test
    void isTheUsualIntervalWhereTheSpreadIsSmall() {
        double[] shares = {0.5, 0.5001, 0.4999, 0.50005};

        Interval usual = Sample.of(shares).interval().orElseThrow();
        assertThat(Shares.interval(Sample.of(shares)).orElseThrow().low()).isCloseTo(usual.low(), within(1e-9));
        assertThat(Shares.interval(Sample.of(shares)).orElseThrow().high()).isCloseTo(usual.high(), within(1e-9));
    }

    @Test
    void mirrorsWithTheShares() {
        Interval right =
                Shares.interval(Sample.of(new double[] {0.9, 0.95, 0.99})).orElseThrow();
        Interval wrong =
                Shares.interval(Sample.of(new double[] {0.1, 0.05, 0.01})).orElseThrow();

        assertThat(wrong.low()).isCloseTo(1 - right.high(), within(1e-12));
        assertThat(wrong.high()).isCloseTo(1 - right.low(), within(1e-12));
    }

    @Test
    void knowsNothingWithoutSpreadOrOfOneValue() {
        assertThat(Shares.interval(Sample.of(new double[] {1, 1, 1}))).isEmpty();
        assertThat(Shares.interval(Sample.of(new double[] {0, 0}))).isEmpty();
        assertThat(Shares.interval(Sample.of(new double[] {0.7}))).isEmpty();
    }

    private static double logit(double share) {
        return Math.log(share / (1 - share));
    }
}
