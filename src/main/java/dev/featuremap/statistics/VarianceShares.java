package dev.featuremap.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Where the variance of a grand mean over seeds and examples comes from, in shares that add up to 1.
 *
 * @param seed the seeds: another seed moves the figures of all examples together
 * @param example the examples: another example moves the figures of all seeds together
 * @param both what is left: a seed's own way with an example
 */
public record VarianceShares(double seed, double example, double both) {
    /** Of the grand mean: what figures that are the same may differ by for having been rounded. */
    private static final double ROUNDING = 1e-12;

    /**
     * Of figures {@code [seeds][examples]}, by the two-way analysis of variance with random effects (Searle, Casella and
     * McCulloch 1992): σ²_s / S, σ²_e / E and σ²_se / (S·E) over their sum, each σ² from the mean squares, and 0 where that
     * is negative. Empty without variance, and with one seed or one example, which cannot be told from what is left.
     */
    public static Optional<VarianceShares> of(double[][] figures) {
        int seeds = figures.length;
        int examples = figures[0].length;
        if (seeds < 2 || examples < 2) {
            return Optional.empty();
        }
        double[] ofSeed = Arrays.stream(figures).mapToDouble(StatUtils::mean).toArray();
        double[] ofExample = new double[examples];
        for (double[] row : figures) {
            for (int example = 0; example < examples; example++) {
                ofExample[example] += row[example] / seeds;
            }
        }
        double grand = StatUtils.mean(ofSeed);
        double left = 0;
        for (int seed = 0; seed < seeds; seed++) {
            for (int example = 0; example < examples; example++) {
                left += Math.pow(figures[seed][example] - ofSeed[seed] - ofExample[example] + grand, 2);
            }
        }
        double meanSquareOfBoth = left / ((seeds - 1.0) * (examples - 1.0));
        // σ²_s / S = (MS_s − MS_se) / (S·E), and likewise of the examples: all over S·E, which the shares do not need.
        double bySeed = Math.max(0, examples * StatUtils.variance(ofSeed) - meanSquareOfBoth);
        double byExample = Math.max(0, seeds * StatUtils.variance(ofExample) - meanSquareOfBoth);
        double sum = bySeed + byExample + meanSquareOfBoth;
        return sum > Math.pow(ROUNDING * grand, 2)
                ? Optional.of(new VarianceShares(bySeed / sum, byExample / sum, meanSquareOfBoth / sum))
                : Optional.empty();
    }
}
