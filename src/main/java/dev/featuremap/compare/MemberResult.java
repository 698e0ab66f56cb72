package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.train.RunOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of one member.
 *
 * @param overrides what it sets beyond the base, a chosen learning rate included
 * @param runs one per seed, in the seeds' order
 * @param summary of each metric over the runs that have scores; a metric no run has is left out
 */
public record MemberResult(String name, List<String> overrides, List<RunOutcome> runs, Map<String, Summary> summary) {
    static MemberResult of(String name, List<String> overrides, List<RunOutcome> runs, List<Metric> metrics) {
        Map<String, Summary> summary = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            double[] values = runs.stream()
                    .flatMapToDouble(run -> run.value(metric).stream())
                    .toArray();
            if (values.length > 0) {
                summary.put(ComparisonPlan.word(metric), Summary.of(values));
            }
        }
        return new MemberResult(name, overrides, runs, summary);
    }

    /** Whether any run has scores. */
    public boolean hasScores() {
        return runs.stream().anyMatch(RunOutcome::hasScores);
    }
}
