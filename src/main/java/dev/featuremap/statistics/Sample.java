package dev.featuremap.statistics;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A sample in figures, under the usual assumption that its values are drawn from one normal distribution.
 *
 * <p>Values that share data, such as those of folds, are not independent: the standard error of their mean is sd ·
 * √(1/n + overlap), with n_test / n_train for the overlap (the corrected resampled t-test; Nadeau and Bengio 2003).
 *
 * @param n how many values
 * @param mean their mean
 * @param sd standard deviation with n − 1 in the denominator; NaN for one value
 * @param overlap how much of each other's data the values share: 0 for independent ones
 */
public record Sample(int n, double mean, double sd, double overlap) {
    private static final int FEWEST_FOR_EFFECT = 5;
    /** Of the mean: what differences of equal figures may differ by for having been rounded. */
    private static final double ROUNDING = 1e-9;

    /** Of independent values. */
    public static Sample of(double[] values) {
        return of(values, 0);
    }

    public static Sample of(double[] values, double overlap) {
        double sd = values.length < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(values));
        return new Sample(values.length, StatUtils.mean(values), sd, overlap);
    }

    /** Whether the values differ by more than rounding: without, no test tells anything of their mean. */
    public boolean hasSpread() {
        return sd > ROUNDING * Math.abs(mean);
    }

    /** The 95 % interval of the mean; empty without spread: one that was not seen is not known to be 0. */
    public Optional<Interval> interval() {
        return hasSpread() ? Optional.of(new Interval(mean - halfWidth(), mean + halfWidth())) : Optional.empty();
    }

    /** Half the 95 % interval of the mean, t(0.975, n − 1) · standard error; NaN without spread. */
    public double halfWidth() {
        return hasSpread() ? -studentT().inverseCumulativeProbability(Interval.TAIL) * standardError() : Double.NaN;
    }

    /**
     * The chance of a mean at least this far from 0 when the true one is 0: the p-value of the two-sided t-test. 1 for
     * one value and for values without spread, of which nothing can be said.
     */
    public double pOfZero() {
        return hasSpread() ? 2 * studentT().cumulativeProbability(-Math.abs(mean) / standardError()) : 1;
    }

    /**
     * The chance of a mean at least this well within ± the margin when the true one is not: the greater p-value of two
     * one-sided t-tests, against −margin and margin (Schuirmann 1987). 1 for one value and without spread.
     */
    public double pOfEquivalence(double margin) {
        return hasSpread() ? studentT().cumulativeProbability((Math.abs(mean) - margin) / standardError()) : 1;
    }

    /**
     * Cohen's d_z, mean / sd, with its exact interval: mean / standard error has Student's noncentral t, and the interval
     * holds each noncentrality at which the one seen is not too extreme (Steiger and Fouladi 1997). Empty below five
     * values, where it would say more of the spread's luck than of the effect, and without spread.
     */
    public Optional<Effect> effect() {
        if (n < FEWEST_FOR_EFFECT || !hasSpread()) {
            return Optional.empty();
        }
        double scale = standardError() / sd;
        NoncentralT t = new NoncentralT(n - 1);
        double seen = mean / standardError();
        return Optional.of(new Effect(
                mean / sd,
                new Interval(
                        scale * t.noncentrality(seen, 1 - Interval.TAIL),
                        scale * t.noncentrality(seen, Interval.TAIL))));
    }

    private double standardError() {
        return sd * Math.sqrt(1.0 / n + overlap);
    }

    /** Student's t for the mean of n values; no random numbers are drawn from it. */
    private TDistribution studentT() {
        return new TDistribution(null, n - 1);
    }
}
