package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.run.ComparisonResult.Summary;
import java.util.Random;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

/** Figures against tables, closed forms and hand arithmetic. */
class SampleTest {
    /** Student's t at 97.5 %, from printed tables: 2 and 4 degrees of freedom. */
    private static final double T2 = 4.302652730;

    private static final double T4 = 2.776445105;

    @Test
    void givesMeanDeviationAndIntervalOfFiveValues() {
        Sample sample = Sample.of(new double[] {1, 2, 3, 4, 5});

        double half = T4 * Math.sqrt(2.5) / Math.sqrt(5);
        assertThat(sample.n()).isEqualTo(5);
        assertThat(sample.mean()).isCloseTo(3, within(1e-12));
        assertThat(sample.sd()).isCloseTo(Math.sqrt(2.5), within(1e-12));
        assertThat(sample.summary().ci95().get(0)).isCloseTo(3 - half, within(1e-8));
        assertThat(sample.summary().ci95().get(1)).isCloseTo(3 + half, within(1e-8));
        assertThat(sample.halfWidth()).isCloseTo(1.963243, within(1e-6));
    }

    @Test
    void givesTheIntervalOfThreeAccuracies() {
        // Mean 0.98; deviations −0.01, 0, 0.01: sd 0.01.
        Sample sample = Sample.of(new double[] {0.97, 0.98, 0.99});

        assertThat(sample.sd()).isCloseTo(0.01, within(1e-12));
        assertThat(sample.halfWidth()).isCloseTo(T2 * 0.01 / Math.sqrt(3), within(1e-10));
        assertThat(sample.effectSize()).isCloseTo(98, within(1e-9));
    }

    @Test
    void knowsNoSpreadOfOneValue() {
        Sample sample = Sample.of(new double[] {0.5});

        assertThat(sample.summary()).isEqualTo(new Summary(1, 0.5, null, null));
        assertThat(sample.effectSize()).isNull();
        assertThat(sample.chanceOfZero()).isEqualTo(1);
    }

    @Test
    void concludesNothingWithoutSpread() {
        Sample sample = Sample.of(new double[] {0.25, 0.25, 0.25});

        assertThat(sample.sd()).isZero();
        assertThat(sample.hasSpread()).isFalse();
        assertThat(sample.summary().ci95()).isNull();
        assertThat(sample.effectSize()).isNull();
        assertThat(sample.chanceOfZero()).isEqualTo(1);
        assertThat(Sample.of(new double[] {0, 0}).chanceOfZero()).isEqualTo(1);
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
    void chanceOfZeroIsTheClosedFormOfTwoDegreesOfFreedom() {
        // With 2 degrees of freedom P(T ≤ t) = 1/2 + t / (2·√(2 + t²)), so two-sided p = 1 − |t| / √(2 + t²).
        Random random = new Random(5);
        for (int trial = 0; trial < 200; trial++) {
            double[] values = {random.nextGaussian() + 1, random.nextGaussian() + 1, random.nextGaussian() + 1};
            double mean = (values[0] + values[1] + values[2]) / 3;
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            double t = Math.abs(mean) / (Math.sqrt(squares / 2) / Math.sqrt(3));

            assertThat(Sample.of(values).chanceOfZero()).isCloseTo(1 - t / Math.sqrt(2 + t * t), within(1e-9));
        }
    }

    @Test
    void chanceOfZeroIsTheStatisticsLibrarysTTest() {
        Random random = new Random(6);
        for (int n = 2; n < 30; n++) {
            double[] values = random.doubles(n, -1, 1.5).toArray();
            assertThat(Sample.of(values).chanceOfZero()).isCloseTo(new TTest().tTest(0, values), within(1e-12));
        }
    }
}
