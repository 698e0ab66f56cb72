package dev.featuremap.run;

import java.util.List;
import java.util.Map;

/**
 * {@code comparison.json}: every member, seed and metric, and what can be concluded.
 *
 * @param differences of every other member against the first, in every metric both have scores for
 * @param conclusion what the differences in the ranking metric do and do not show, in plain words
 */
public record ComparisonResult(String name, List<Member> members, List<Difference> differences, String conclusion) {
    public ComparisonResult {
        members = members == null ? List.of() : List.copyOf(members);
        differences = differences == null ? List.of() : List.copyOf(differences);
    }

    /**
     * What came of one member.
     *
     * @param overrides what it sets beyond the base, a chosen learning rate included
     * @param runs one per seed, in the seeds' order
     * @param summary of each metric over the runs that have scores; a metric no run has is left out
     */
    public record Member(String name, List<String> overrides, List<RunOutcome> runs, Map<String, Summary> summary) {}

    /**
     * A metric over several runs.
     *
     * @param n how many values
     * @param mean their mean
     * @param sd standard deviation with n − 1 in the denominator; null for one value
     * @param ci95 the 95 % interval of the mean by Student's t; null for one value, and for values that are all the same
     */
    public record Summary(int n, double mean, Double sd, List<Double> ci95) {
        /** Half the width of the interval; NaN where there is none. */
        public double halfWidth() {
            return ci95 == null ? Double.NaN : (ci95.get(1) - ci95.get(0)) / 2;
        }
    }

    /**
     * How a member differs from another in one metric, over the seeds that both have scores for.
     *
     * @param mean of the differences member − against, in the metric's own unit
     * @param ci95 the 95 % interval of that mean by Student's t; null for one seed, and when all differences are the same
     * @param effectSize Cohen's d_z, mean / standard deviation of the differences; null where that is 0 or unknown
     */
    public record Difference(
            String member, String against, String metric, double mean, List<Double> ci95, Double effectSize) {}
}
