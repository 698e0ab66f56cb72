package dev.featuremap.statistics;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
    private static final double LEVEL = 0.05;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    /** As many equal examples are sooner drawn by their number than one by one. */
    private static final int COMMON = 200;

    private static final int FEW = 16;

    private final int seeds;
    private final int examples;
    private final double[] ofSeed;
    private final double[] ofExample;
    private final double grandMean;
    /** The figures of an example with every seed, of each kind of example that there is: {@code [kinds][seeds]}. */
    private final List<double[]> kinds = new ArrayList<>();
    /** How many examples are of each kind. */
    private final List<Integer> counts = new ArrayList<>();
    /** The kinds that are drawn by their number. */
    private final int[] common;
    /** The kind of each other example. */
    private final int[] rare;

    /** @param figures {@code [seeds][examples]}, such as the differences of rightness of two members, −1, 0 or 1 */
    public CrossedBootstrap(double[][] figures) {
        seeds = figures.length;
        examples = figures[0].length;
        ofSeed = Arrays.stream(figures).mapToDouble(StatUtils::mean).toArray();
        grandMean = Arrays.stream(figures).mapToDouble(StatUtils::sum).sum() / seeds / examples;
        ofExample = new double[examples];
        int[] kindOf = new int[examples];
        Map<DoubleBuffer, Integer> known = new HashMap<>();
        for (int example = 0; example < examples; example++) {
            int column = example;
            double[] figuresOf =
                    Arrays.stream(figures).mapToDouble(row -> row[column]).toArray();
            ofExample[example] = StatUtils.mean(figuresOf);
            int kind = known.computeIfAbsent(DoubleBuffer.wrap(figuresOf), unknown -> kinds.size());
            if (kind == kinds.size()) {
                kinds.add(figuresOf);
                counts.add(0);
            }
            counts.set(kind, counts.get(kind) + 1);
            kindOf[example] = kind;
        }
        common = IntStream.range(0, kinds.size())
                .filter(kind -> counts.get(kind) >= COMMON)
                .toArray();
        rare = Arrays.stream(kindOf).filter(kind -> counts.get(kind) < COMMON).toArray();
    }

    /**
     * The 95 % BCa interval of the grand mean (Efron 1987), from 2,000 replicates of a fixed seed: as wide as the mean itself
     * where all figures are the same.
     */
    public Interval interval() {
        double[] replicates = replicates();
        Arrays.sort(replicates);
        return interval(replicates, grandMean, acceleration());
    }

    /**
     * Of replicates in rising order: the percentiles Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z))) at z = ±1.96, with Φ(z₀) the share of
     * replicates below the estimate, where those that hit it count half.
     */
    static Interval interval(double[] replicates, double estimate, double acceleration) {
        long below = Arrays.stream(replicates).filter(value -> value < estimate).count();
        long notAbove =
                Arrays.stream(replicates).filter(value -> value <= estimate).count();
        double bias = NORMAL.inverseCumulativeProbability((below + notAbove) / (2.0 * replicates.length));
        double[] ends = new double[2];
        for (int end = 0; end < 2; end++) {
            double z = bias + NORMAL.inverseCumulativeProbability(end == 0 ? LEVEL / 2 : 1 - LEVEL / 2);
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
        int[] drawn = new int[seeds];
        for (int i = 0; i < seeds; i++) {
            drawn[random.nextInt(seeds)]++;
        }
        double[] ofKind = kinds.stream().mapToDouble(kind -> sum(kind, drawn)).toArray();
        double sum = 0;
        int left = examples;
        int others = examples;
        for (int kind : common) {
            int count = binomial(random, left, counts.get(kind) / (double) others);
            sum += count * ofKind[kind];
            left -= count;
            others -= counts.get(kind);
        }
        for (; left > 0; left--) {
            sum += ofKind[rare[random.nextInt(rare.length)]];
        }
        return sum / seeds / examples;
    }

    /** Of a kind's figures, as often as each seed was drawn. */
    private static double sum(double[] figures, int[] drawn) {
        double sum = 0;
        for (int seed = 0; seed < drawn.length; seed++) {
            sum += drawn[seed] * figures[seed];
        }
        return sum;
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
