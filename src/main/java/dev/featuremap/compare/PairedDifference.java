package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.RunOutcome;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How a member differs from another in one metric, over the runs that both have scores for: same seed, same data order,
 * same initial weights, and with folds the same one held out. Runs that were tested on different data are not paired.
 *
 * @param values the differences member − against in the order of the seeds and folds, NaN where one of the two has no score; as
 *     long as the shorter of the two members' runs
 */
@SuppressWarnings("ArrayRecordComponent")
record PairedDifference(Member member, Member against, double[] values) {
    static PairedDifference of(Member member, Member against, Metric metric) {
        int runs = Math.min(member.runs().size(), against.runs().size());
        return new PairedDifference(
                member,
                against,
                IntStream.range(0, runs)
                        .mapToDouble(run -> difference(
                                member.runs().get(run), against.runs().get(run), metric))
                        .toArray());
    }

    private static double difference(RunOutcome run, RunOutcome other, Metric metric) {
        boolean paired = run.seed() == other.seed()
                && Objects.equals(run.fold(), other.fold())
                && run.isTestedAs(other)
                && run.value(metric).isPresent()
                && other.value(metric).isPresent();
        return paired ? run.value(metric).getAsDouble() - other.value(metric).getAsDouble() : Double.NaN;
    }
}
