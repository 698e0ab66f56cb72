package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VarianceSharesTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    /**
     * Ratings of six targets by four judges (Shrout and Fleiss 1979, table 2): mean squares 11.24 between targets, 32.49
     * between judges, 1.02 left.
     */
    @Test
    void followsFromThePublishedMeanSquares() {
        double[][] judges = {{9, 6, 8, 7, 10, 6}, {2, 1, 4, 1, 5, 2}, {5, 3, 6, 2, 6, 4}, {8, 2, 8, 6, 9, 7}};

        VarianceShares shares = VarianceShares.of(judges).orElseThrow();

        double sum = (32.49 - 1.02) + (11.24 - 1.02) + 1.02;
        assertThat(shares.seed()).isCloseTo((32.49 - 1.02) / sum, within(2e-4));
        assertThat(shares.example()).isCloseTo((11.24 - 1.02) / sum, within(2e-4));
        assertThat(shares.both()).isCloseTo(1.02 / sum, within(2e-4));
    }

    /** Means of rows 1 and 5, of columns 2 and 4, left ±1: mean squares 16, 4 and 4. */
    @Test
    void isWorkedByHand() {
        VarianceShares shares =
                VarianceShares.of(new double[][] {{1, 1}, {3, 7}}).orElseThrow();

        assertThat(shares.seed()).isCloseTo(12 / 16.0, CLOSE);
        assertThat(shares.example()).isCloseTo(0, CLOSE);
        assertThat(shares.both()).isCloseTo(4 / 16.0, CLOSE);
    }

    @Test
    void isAllOfTheSeedsWhereOnlyTheyDiffer() {
        assertThat(VarianceShares.of(new double[][] {{1, 1, 1}, {2, 2, 2}})).hasValue(new VarianceShares(1, 0, 0));
        assertThat(VarianceShares.of(new double[][] {{1, 2, 3}, {1, 2, 3}})).hasValue(new VarianceShares(0, 1, 0));
    }

    /** The mean squares of seeds and examples are 0, that of what is left 1: estimates of −½ are none. */
    @Test
    void givesNoNegativeShares() {
        assertThat(VarianceShares.of(new double[][] {{1, 2}, {2, 1}})).hasValue(new VarianceShares(0, 0, 1));
    }

    /** Standard deviations 0.1 of 10 seeds, 1 of 4,000 examples and 2 of both: 0.001, 0.00025 and 0.0001. */
    @Test
    void comesCloseToTheSharesDrawnFrom() {
        Random random = new Random(11);
        double[] sum = new double[3];
        for (int trial = 0; trial < 40; trial++) {
            VarianceShares shares = VarianceShares.of(drawn(random)).orElseThrow();
            sum[0] += shares.seed() / 40;
            sum[1] += shares.example() / 40;
            sum[2] += shares.both() / 40;
        }

        // Of single trials the seeds' share has a standard deviation of about 0.1.
        assertThat(sum[0]).isCloseTo(0.74, within(0.06));
        assertThat(sum[1]).isCloseTo(0.185, within(0.05));
        assertThat(sum[2]).isCloseTo(0.074, within(0.02));
    }

    private static double[][] drawn(Random random) {
        double[][] figures = new double[10][4000];
        for (int example = 0; example < 4000; example++) {
            double ofExample = random.nextGaussian();
            for (double[] row : figures) {
                row[example] = ofExample + 2 * random.nextGaussian();
            }
        }
        for (double[] row : figures) {
            double ofSeed = 0.1 * random.nextGaussian();
            for (int example = 0; example < 4000; example++) {
                row[example] += ofSeed;
            }
        }
        return figures;
    }

    @Test
    void knowsNothingOfOneSeedOfOneExampleOrWithoutVariance() {
        assertThat(VarianceShares.of(new double[][] {{1, 2, 3}})).isEmpty();
        assertThat(VarianceShares.of(new double[][] {{1}, {2}})).isEmpty();
        for (double alike : new double[] {0.1, 1e-7, 0.3e9}) {
            double[] row = {alike, alike, alike};
            assertThat(VarianceShares.of(new double[][] {row, row, {alike, alike, alike * (1 + 1e-15)}}))
                    .isEmpty();
        }
    }
}
