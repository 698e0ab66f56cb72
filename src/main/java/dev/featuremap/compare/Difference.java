package dev.featuremap.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.util.List;

/**
 * How a member differs from another in one metric, over the seeds that both have scores for: same seed, same data order,
 * same initial weights. Runs that were tested on different data are not paired.
 *
 * @param mean of the differences member − against, in the metric's own unit
 * @param ci95 the 95 % interval of that mean by Student's t; null for one seed, and when all differences are the same
 * @param effectSize Cohen's d_z, mean / standard deviation of the differences; null where that is 0 or unknown
 */
public record Difference(
        String member,
        String against,
        String metric,
        double mean,
        List<Double> ci95,
        Double effectSize,
        @JsonIgnore Summary paired) {
    static Difference of(MemberResult member, MemberResult against, Metric metric) {
        double[] differences = member.runs().stream()
                .flatMapToDouble(run -> against.runs().stream()
                        .filter(other -> other.seed() == run.seed() && other.isTestedAs(run))
                        .filter(other -> run.value(metric).isPresent()
                                && other.value(metric).isPresent())
                        .mapToDouble(other -> run.value(metric).getAsDouble()
                                - other.value(metric).getAsDouble()))
                .toArray();
        Summary paired = Summary.of(differences);
        return new Difference(
                member.name(),
                against.name(),
                ComparisonPlan.word(metric),
                paired.mean(),
                paired.ci95(),
                paired.effectSize(),
                paired);
    }
}
