package dev.featuremap.statistics;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * How far the grand mean of figures {@code [seeds][examples]} would move with other seeds and other examples: both are drawn
 * with replacement, independently of each other (the pigeonhole bootstrap, which errs to the wide side; Owen 2007). Of one
 * seed, only examples are drawn.
 */
public final class CrossedBootstrap {
    private static final int REPLICATES = 2000;
    private static final long SEED = 20_070_601;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    /** As many equal examples are sooner drawn by their number than one by one. */
    private static final int COMMON = 200;

    private static final int FEW = 16;

    private final int seeds;
    private final int examples;
    private final double[] ofSeed;
    private final double[] ofExample;
    private final double grandMean;
    /** Of each kind of example, those that have the same figures: {@code [seeds][kinds]}. */
    private final double[][] ofKind;
    /** How many examples are of each kind. */
    private final int[] counts;
    /** The kinds that are drawn by their number. */
    private final int[] common;
    /** The kind of each other example. */
    private final int[] rare;

    /** @param figures {@code [seeds][examples]}, such as the differences of rightness of two members, −1, 0 or 1 */
    public CrossedBootstrap(double[][] figures) {
        seeds = figures.length;
        examples = figures[0].length;
        ofSeed = Arrays.stream(figures).mapToDouble(StatUtils::mean).toArray();
        ofExample = new double[examples];
        grandMean = Arrays.stream(figures).mapToDouble(StatUtils::sum).sum() / seeds / examples;
        Map<DoubleBuffer, Integer> kinds = new LinkedHashMap<>();
        int[] kindOf = new int[examples];
        for (int i = 0; i < examples; i++) {
            int example = i;
            double[] column =
                    Arrays.stream(figures).mapToDouble(row -> row[example]).toArray();
            ofExample[i] = StatUtils.mean(column);
            kindOf[i] = kinds.computeIfAbsent(DoubleBuffer.wrap(column), unknown -> kinds.size());
        }
        ofKind = IntStream.range(0, seeds)
                .mapToObj(seed -> kinds.keySet().stream()
                        .mapToDouble(column -> column.get(seed))
                        .toArray())
                .toArray(double[][]::new);
        counts = new int[kinds.size()];
        Arrays.stream(kindOf).forEach(kind -> counts[kind]++);
        common = IntStream.range(0, counts.length)
                .filter(kind -> counts[kind] >= COMMON)
                .toArray();
        rare = Arrays.stream(kindOf).filter(kind -> counts[kind] < COMMON).toArray();
    }

    /**
     * The BCa interval of the grand mean (Efron 1987), from 2,000 replicates of a fixed seed. Of figures that are all the same,
     * both ends are the mean.
     */
    public Interval interval() {
        return interval(replicates(), grandMean, acceleration());
    }

    /**
     * The percentiles Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z))) of replicates at z = ±1.96, with Φ(z₀) the share of
     * replicates below the estimate, where those that hit it count half.
     */
    static Interval interval(double[] replicates, double estimate, double acceleration) {
        long below = Arrays.stream(replicates).filter(value -> value < estimate).count();
        long notAbove =
                Arrays.stream(replicates).filter(value -> value <= estimate).count();
        double bias = NORMAL.inverseCumulativeProbability((below + notAbove) / (2.0 * replicates.length));
        double[] ends = new double[2];
        for (int end = 0; end < 2; end++) {
            double z = bias + NORMAL.inverseCumulativeProbability(end == 0 ? Interval.TAIL : 1 - Interval.TAIL);
            double share = NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
            ends[end] = new Percentile().evaluate(replicates, 100 * share);
        }
        return new Interval(ends[0], ends[1]);
    }

    /**
     * Σ l³ / (6 (Σ l²)^1.5) over the jackknife influences l of seeds and examples together, each its distance from the grand
     * mean over how many there are; 0 where there is none.
     */
    double acceleration() {
        double squares = powers(ofSeed, 2) + powers(ofExample, 2);
        return squares == 0 ? 0 : (powers(ofSeed, 3) + powers(ofExample, 3)) / (6 * Math.pow(squares, 1.5));
    }

    private double powers(double[] means, int power) {
        return Arrays.stream(means)
                .map(mean -> Math.pow((mean - grandMean) / means.length, power))
                .sum();
    }

    double[] replicates() {
        RandomGenerator random = new Well19937c(SEED);
        return Arrays.stream(new double[REPLICATES])
                .map(ignored -> replicate(random))
                .toArray();
    }

    private double replicate(RandomGenerator random) {
        double[] sums = new double[counts.length];
        for (int i = 0; i < seeds; i++) {
            double[] drawn = ofKind[random.nextInt(seeds)];
            for (int kind = 0; kind < sums.length; kind++) {
                sums[kind] += drawn[kind];
            }
        }
        double sum = 0;
        int left = examples;
        int others = examples;
        for (int kind : common) {
            int count = binomial(random, left, counts[kind] / (double) others);
            sum += count * sums[kind];
            left -= count;
            others -= counts[kind];
        }
        for (; left > 0; left--) {
            sum += sums[rare[random.nextInt(rare.length)]];
        }
        return sum / seeds / examples;
    }

    /** How many of n draws hit a chance, by way of the middle one of n uniform numbers (Devroye 1986, X.4.3). */
    private static int binomial(RandomGenerator random, int n, double chance) {
        int hits = 0;
        int left = n;
        double share = chance;
        while (left > FEW) {
            int middle = (left + 1) / 2;
            double value = new BetaDistribution(random, middle, left + 1 - middle).sample();
            if (value <= share) {
                hits += middle;
                left -= middle;
                share = (share - value) / (1 - value);
            } else {
                left = middle - 1;
                share /= value;
            }
        }
        for (; left > 0; left--) {
            hits += random.nextDouble() < share ? 1 : 0;
        }
        return hits;
    }
}
