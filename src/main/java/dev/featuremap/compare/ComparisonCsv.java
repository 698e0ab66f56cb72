package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.train.RunOutcome;
import java.util.List;

/** {@code comparison.csv}: a row per member, seed and metric; the value is empty where a run has none. */
final class ComparisonCsv {
    static final String HEADER = "member,seed,status,metric,value";

    private ComparisonCsv() {}

    static String of(ComparisonResult result, List<Metric> metrics) {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        for (MemberResult member : result.members()) {
            for (RunOutcome run : member.runs()) {
                for (Metric metric : metrics) {
                    var value = run.value(metric);
                    csv.append(String.join(
                                    ",",
                                    member.name(),
                                    Long.toString(run.seed()),
                                    run.status().word(),
                                    ComparisonPlan.word(metric),
                                    value.isPresent() ? Double.toString(value.getAsDouble()) : ""))
                            .append('\n');
                }
            }
        }
        return csv.toString();
    }
}
