package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.RunOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * A sample in figures, under the usual assumption that its values are drawn from one normal distribution.
 *
 * @param n how many values
 * @param mean their mean
 * @param sd standard deviation with n − 1 in the denominator; NaN for one value
 */
record Sample(int n, double mean, double sd) {
    private static final double UPPER = 0.975;
    /** Of the mean: what differences of equal figures may differ by for having been rounded. */
    private static final double ROUNDING = 1e-9;

    static Sample of(double[] values) {
        DescriptiveStatistics sample = new DescriptiveStatistics(values);
        double sd = values.length < 2 ? Double.NaN : sample.getStandardDeviation();
        return new Sample(values.length, sample.getMean(), sd);
    }

    /** Each metric over the runs that have scores, as files tell it; a metric no run has is left out. */
    static Map<String, Summary> summaries(List<RunOutcome> runs, List<Metric> metrics) {
        Map<String, Summary> summaries = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            double[] values = runs.stream()
                    .flatMapToDouble(run -> run.value(metric).stream())
                    .toArray();
            if (values.length > 0) {
                summaries.put(metric.word(), of(values).summary());
            }
        }
        return summaries;
    }

    /** Whether the values differ by more than rounding: without, no test tells anything of their mean. */
    boolean hasSpread() {
        return sd > ROUNDING * Math.abs(mean);
    }

    /**
     * Half the 95 % interval of the mean, t(0.975, n − 1) · sd / √n; NaN without spread: one that was not seen is not known
     * to be 0.
     */
    double halfWidth() {
        return hasSpread() ? studentT().inverseCumulativeProbability(UPPER) * sd / Math.sqrt(n) : Double.NaN;
    }

    /**
     * The chance of a mean at least this far from 0 when the true one is 0: the p-value of the two-sided t-test. 1 for
     * one value and for values without spread, of which nothing can be said.
     */
    double chanceOfZero() {
        return hasSpread() ? 2 * studentT().cumulativeProbability(-Math.abs(mean) * Math.sqrt(n) / sd) : 1;
    }

    /** Cohen's d_z, mean / sd: the effect in standard deviations of the differences; null without any spread. */
    Double effectSize() {
        return hasSpread() ? (Double) (mean / sd) : null;
    }

    /** As files tell it. */
    Summary summary() {
        double half = halfWidth();
        return new Summary(
                n,
                mean,
                Double.isNaN(sd) ? null : (Double) sd,
                Double.isNaN(half) ? null : List.of(mean - half, mean + half));
    }

    /** Student's t for the mean of n values; no random numbers are drawn from it. */
    private TDistribution studentT() {
        return new TDistribution(null, n - 1);
    }
}
