package dev.featuremap.compare;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * A sample in figures, under the usual assumption that its values are drawn from one normal distribution.
 *
 * @param n how many values
 * @param mean their mean
 * @param sd standard deviation with n − 1 in the denominator; null for one value
 * @param ci95 the 95 % interval of the mean by Student's t, mean ± t(0.975, n − 1) · sd / √n; null for one value, and for
 *     values that are all the same: a spread that was not seen is not known to be 0
 */
public record Summary(int n, double mean, Double sd, List<Double> ci95) {
    private static final double UPPER = 0.975;
    /** Of the mean: what differences of equal figures may differ by for having been rounded. */
    private static final double ROUNDING = 1e-9;

    /** Summarises one value or more. */
    static Summary of(double[] values) {
        DescriptiveStatistics sample = new DescriptiveStatistics(values);
        int n = values.length;
        if (n < 2) {
            return new Summary(n, sample.getMean(), null, null);
        }
        Summary spread = new Summary(n, sample.getMean(), sample.getStandardDeviation(), null);
        if (!spread.hasSpread()) {
            return spread;
        }
        double half = studentT(n).inverseCumulativeProbability(UPPER) * sample.getStandardDeviation() / Math.sqrt(n);
        return new Summary(
                n,
                sample.getMean(),
                sample.getStandardDeviation(),
                List.of(sample.getMean() - half, sample.getMean() + half));
    }

    /** Whether the values differ by more than rounding: without, no test tells anything of their mean. */
    boolean hasSpread() {
        return sd != null && sd > ROUNDING * Math.abs(mean);
    }

    /** Half the width of the interval; NaN where there is none. */
    public double halfWidth() {
        return ci95 == null ? Double.NaN : (ci95.get(1) - ci95.get(0)) / 2;
    }

    /**
     * The chance of a mean at least this far from 0 when the true one is 0: the p-value of the two-sided t-test. 1 for
     * one value and for values without spread, of which nothing can be said.
     */
    double chanceOfZero() {
        if (!hasSpread()) {
            return 1;
        }
        double t = Math.abs(mean) * Math.sqrt(n) / sd;
        return 2 * studentT(n).cumulativeProbability(-t);
    }

    /** Cohen's d_z, mean / sd: the effect in standard deviations of the differences; null without any spread. */
    Double effectSize() {
        return hasSpread() ? (Double) (mean / sd) : null;
    }

    /** Student's t for the mean of n values; no random numbers are drawn from it. */
    private static TDistribution studentT(int n) {
        return new TDistribution(null, n - 1);
    }
}
