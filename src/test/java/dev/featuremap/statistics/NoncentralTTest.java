package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class NoncentralTTest {
    /** Table values of Benton and Krishnamoorthy (2003), Computing discrete mixtures of continuous distributions. */
    @Test
    void givesThePublishedValues() {
        assertThat(new NoncentralT(3).cumulativeProbability(2.34, 1)).isCloseTo(0.801888999613917, within(1e-12));
        assertThat(new NoncentralT(126).cumulativeProbability(-4.33, -2))
                .isCloseTo(1.252846196792878e-2, within(1e-12));
        assertThat(new NoncentralT(20).cumulativeProbability(23, 23)).isCloseTo(0.460134400391924, within(1e-12));
        assertThat(new NoncentralT(20).cumulativeProbability(34, 33)).isCloseTo(0.532008386378725, within(1e-12));
        assertThat(new NoncentralT(12).cumulativeProbability(39, 38)).isCloseTo(0.495868184917805, within(1e-12));
        assertThat(new NoncentralT(12).cumulativeProbability(39, 39)).isCloseTo(0.446304024668836, within(1e-12));
        assertThat(new NoncentralT(200).cumulativeProbability(39, 38)).isCloseTo(0.666194209961795, within(1e-12));
        assertThat(new NoncentralT(200).cumulativeProbability(40, 42)).isCloseTo(0.179292265426085, within(1e-12));
    }

    /** T ≤ 0 where Z ≤ −δ: of one standard deviation, 0.1587 of printed tables. */
    @Test
    void isTheNormalDistributionAtZero() {
        assertThat(new NoncentralT(7).cumulativeProbability(0, 1)).isCloseTo(0.158655, within(5e-7));
        assertThat(new NoncentralT(7).cumulativeProbability(0, -1)).isCloseTo(0.841345, within(5e-7));
    }

    @Test
    void isStudentsTWithoutNoncentrality() {
        for (int freedom = 4; freedom < 40; freedom++) {
            for (double t = -6; t <= 6; t += 0.75) {
                assertThat(new NoncentralT(freedom).cumulativeProbability(t, 0))
                        .isCloseTo(ClosedStudentT.cumulativeProbability(t, freedom), within(1e-12));
            }
        }
    }

    @Test
    void isTheSameWhenTheNormalIsSummedOverInsteadOfTheSpread() {
        Random random = new Random(8);
        for (int trial = 0; trial < 100; trial++) {
            int freedom = 4 + 2 * random.nextInt(12);
            double t = 0.1 + 10 * random.nextDouble();
            double noncentrality = t + 5 * random.nextGaussian();

            assertThat(new NoncentralT(freedom).cumulativeProbability(t, noncentrality))
                    .isCloseTo(overTheNormal(t, freedom, noncentrality), within(1e-9));
        }
    }

    @Test
    void findsTheNoncentralityOfAProbability() {
        for (double t : new double[] {-3e6, -700, -4.1, -1e-9, 0, 0.3, 15, 1e4}) {
            for (double probability : new double[] {0.025, 0.5, 0.975}) {
                double noncentrality = new NoncentralT(4).noncentrality(t, probability);
                assertThat(new NoncentralT(4).cumulativeProbability(t, noncentrality))
                        .isCloseTo(probability, within(1e-9));
            }
        }
    }

    /** Φ(−δ) + ∫ φ(z) P(χ²/ν ≥ ((z + δ)/t)²) dz over z > −δ, for t > 0, by Simpson's rule. */
    private static double overTheNormal(double t, int freedom, double noncentrality) {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double low = Math.max(-noncentrality, -10);
        int steps = 20_000;
        double width = (low + 20 - low) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double z = low + i * width;
            double ratio = (z + noncentrality) / t;
            double value = normal.density(z) * chiSquareAbove(freedom * ratio * ratio, freedom);
            sum += value * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return normal.cumulativeProbability(-noncentrality) + sum * width / 3;
    }

    /** P(χ² ≥ x) of even degrees of freedom: the chance of fewer than ν/2 events where x/2 are expected. */
    private static double chiSquareAbove(double x, int freedom) {
        double term = Math.exp(-x / 2);
        double sum = 0;
        for (int k = 0; k < freedom / 2; k++) {
            sum += term;
            term *= x / 2 / (k + 1);
        }
        return sum;
    }
}
