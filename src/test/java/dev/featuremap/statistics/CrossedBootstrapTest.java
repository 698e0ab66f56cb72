package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Drawn distributions are held to exact ones by their greatest distance (Kolmogorov), 1.63 / √2000 in 99 of 100 draws. */
class CrossedBootstrapTest {
    private static final double DISTANCE = 1.63 / Math.sqrt(2000);

    /** Hours between failures of the air-conditioning of an aircraft (Proschan 1963). */
    private static final double[] HOURS = {3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487};

    /** Davison and Hinkley (1997), Bootstrap Methods and their Application, example 5.8: 0.0938. */
    @Test
    void repeatsThePublishedAccelerationOfAMean() {
        assertThat(new CrossedBootstrap(new double[][] {HOURS}).acceleration()).isCloseTo(0.0938, within(5e-5));
    }

    /** Influences −1.5 and 1.5 of the seeds, −2, −2 and 4 of the examples: cubes that add up to 48, squares to 28.5. */
    @Test
    void addsTheInfluencesOfSeedsAndExamples() {
        assertThat(new CrossedBootstrap(new double[][] {{0, 0, 9}, {0, 0, 27}}).acceleration())
                .isCloseTo(48 / (6 * Math.pow(28.5, 1.5)), within(1e-12));
    }

    /** Of 1 … 1999 the percentile of p is 2000 · p; the shares are SciPy's. 1199 lie below the third estimate, and one hits it. */
    @Test
    void movesThePercentilesByBiasAndAcceleration() {
        double[] replicates = IntStream.range(1, 2000).mapToDouble(i -> i).toArray();

        assertInterval(replicates, 1000, 0, 0.025, 0.975);
        assertInterval(replicates, 1000, 0.1, 0.05063050045318, 0.99261061139983);
        assertInterval(replicates, 1200, -0.05, 0.05345939267670, 0.98765954138949);
    }

    private static void assertInterval(
            double[] replicates, double estimate, double acceleration, double low, double high) {
        Interval interval = CrossedBootstrap.interval(replicates, estimate, acceleration);
        assertThat(interval.low()).isCloseTo(2000 * low, within(1e-6));
        assertThat(interval.high()).isCloseTo(2000 * high, within(1e-6));
    }

    @Test
    void drawsSeedsAndExamplesIndependently() {
        double[][] figures = {{0, 3, 1, 8}, {2, 2, 5, 13}, {1, 0, 0, 9}};
        TreeMap<Double, Double> exact = new TreeMap<>();
        for (int seeds = 0; seeds < 27; seeds++) {
            for (int examples = 0; examples < 256; examples++) {
                double sum = 0;
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 4; j++) {
                        sum += figures[seeds / (int) Math.pow(3, i) % 3][examples / (int) Math.pow(4, j) % 4];
                    }
                }
                exact.merge(sum / 3 / 4, 1 / (27 * 256.0), Double::sum);
            }
        }

        assertThat(distance(new CrossedBootstrap(figures).replicates(), exact)).isLessThan(DISTANCE);
    }

    @Test
    void drawsExamplesOnlyOfOneSeed() {
        assertThat(distance(new CrossedBootstrap(new double[][] {HOURS}).replicates(), means(HOURS)))
                .isLessThan(DISTANCE);
    }

    /** 300 of 1500 examples are only the second's, 240 only the first's. */
    @Test
    void drawsManyEqualExamplesByTheirNumber() {
        double[] figures = new double[1500];
        Arrays.fill(figures, 0, 300, 1);
        Arrays.fill(figures, 300, 540, -1);

        assertThat(distance(new CrossedBootstrap(new double[][] {figures}).replicates(), means(figures)))
                .isLessThan(DISTANCE);
        // As few as 200 are many.
        double[] fewer = Arrays.copyOf(figures, 300);
        Arrays.fill(fewer, 200, 300, 0);
        assertThat(distance(new CrossedBootstrap(new double[][] {fewer}).replicates(), means(fewer)))
                .isLessThan(DISTANCE);
    }

    /** The variance of all ways to draw is that of rows / S, of columns / E and of what is left / (S·E), all over n, not n − 1. */
    @Test
    void spreadsAsWideAsSeedsExamplesAndBothTogether() {
        Random random = new Random(9);
        double[][] figures = new double[5][1000];
        for (int example = 0; example < 1000; example++) {
            double alike = example < 700 ? 0 : 1;
            for (int seed = 0; seed < 5; seed++) {
                figures[seed][example] = example % 20 == 0 ? seed + 3 * random.nextGaussian() : alike;
            }
        }
        double[] rows =
                Arrays.stream(figures).mapToDouble(CrossedBootstrapTest::mean).toArray();
        double[] columns = IntStream.range(0, 1000)
                .mapToDouble(
                        e -> Arrays.stream(figures).mapToDouble(row -> row[e]).sum() / 5)
                .toArray();
        double[] left = IntStream.range(0, 5000)
                .mapToDouble(i -> figures[i / 1000][i % 1000] - rows[i / 1000] - columns[i % 1000])
                .toArray();
        double exact = variance(rows) / 5 + variance(columns) / 1000 + variance(left) / 5000;

        // The standard error of a variance of 2,000 nearly normal values is √(2/2000) of it.
        assertThat(variance(new CrossedBootstrap(figures).replicates()))
                .isCloseTo(exact, within(3 * exact * Math.sqrt(2 / 2000.0)));
    }

    /** The usual interval is symmetric about 108; failures are not. */
    @Test
    void reachesFurtherToTheSideOfTheTail() {
        Interval interval = new CrossedBootstrap(new double[][] {HOURS}).interval();

        assertThat(mean(HOURS) - interval.low()).isBetween(45.0, 60.0);
        assertThat(interval.high() - mean(HOURS)).isBetween(105.0, 140.0);
        assertThat(new CrossedBootstrap(new double[][] {HOURS}).interval()).isEqualTo(interval);
    }

    @Test
    void isTheMeanItselfWithoutSpread() {
        double[] wrong = new double[300];
        Arrays.fill(wrong, -1);

        assertThat(new CrossedBootstrap(new double[][] {wrong, wrong}).interval())
                .isEqualTo(new Interval(-1, -1));
        assertThat(new CrossedBootstrap(new double[][] {{0, 0, 0}, {0, 0, 0}}).interval())
                .isEqualTo(new Interval(0, 0));
    }

    /** The distribution of the mean of as many draws from these whole numbers. */
    private static NavigableMap<Double, Double> means(double[] values) {
        int n = values.length;
        int low = (int) Arrays.stream(values).min().orElseThrow();
        int span = (int) Arrays.stream(values).max().orElseThrow() - low;
        double[] chance = new double[span + 1];
        Arrays.stream(values).forEach(value -> chance[(int) value - low] += 1.0 / n);
        double[] sums = {1};
        for (int draw = 0; draw < n; draw++) {
            double[] next = new double[sums.length + span];
            for (int sum = 0; sum < sums.length; sum++) {
                for (int value = 0; value <= span; value++) {
                    next[sum + value] += sums[sum] * chance[value];
                }
            }
            sums = next;
        }
        NavigableMap<Double, Double> means = new TreeMap<>();
        for (int sum = 0; sum < sums.length; sum++) {
            means.merge((sum + (double) n * low) / n, sums[sum], Double::sum);
        }
        return means;
    }

    /** The greatest difference of the two cumulative distributions; means that differ by rounding are the same. */
    private static double distance(double[] drawn, NavigableMap<Double, Double> exact) {
        double cumulative = 0;
        double greatest = 0;
        for (double value : exact.keySet()) {
            cumulative += exact.get(value);
            double share =
                    Arrays.stream(drawn).filter(one -> one <= value + 1e-9).count() / (double) drawn.length;
            greatest = Math.max(greatest, Math.abs(share - cumulative));
        }
        return greatest;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / values.length;
    }
}
