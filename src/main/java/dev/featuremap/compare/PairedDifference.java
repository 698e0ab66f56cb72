package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.statistics.Sample;

/**
 * How a member differs from another in one metric, over the seeds that both have scores for: same seed, same data order,
 * same initial weights. Runs that were tested on different data are not paired.
 *
 * @param paired the differences member − against
 */
record PairedDifference(String member, String against, Metric metric, Sample paired) {
    static PairedDifference of(Member member, Member against, Metric metric) {
        double[] differences = member.runs().stream()
                .flatMapToDouble(run -> against.runs().stream()
                        .filter(other -> other.seed() == run.seed() && other.isTestedAs(run))
                        .filter(other -> run.value(metric).isPresent()
                                && other.value(metric).isPresent())
                        .mapToDouble(other -> run.value(metric).getAsDouble()
                                - other.value(metric).getAsDouble()))
                .toArray();
        return new PairedDifference(member.name(), against.name(), metric, Sample.of(differences));
    }

    /** As files tell it. */
    Difference told() {
        Double effectSize = paired.hasSpread() ? (Double) (paired.mean() / paired.sd()) : null;
        return new Difference(member, against, metric.word(), paired.mean(), Summaries.ci95(paired), effectSize);
    }
}
