package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code comparison.json}: every member, seed and metric, and what can be concluded.
 *
 * @param differences of every other member against the first, in every metric both have scores for
 * @param conclusion what the differences in the ranking metric do and do not show, in plain words
 */
public record ComparisonResult(
        String name, List<MemberResult> members, List<Difference> differences, String conclusion) {
    /** Draws the conclusions from what came of the members. */
    static ComparisonResult of(String name, List<MemberResult> members, List<Metric> metrics, Metric rankedBy) {
        List<Difference> differences = new ArrayList<>();
        MemberResult first = members.get(0);
        for (MemberResult member : members.subList(1, members.size())) {
            for (Metric metric : metrics) {
                Difference difference = Difference.of(member, first, metric);
                if (difference.paired().n() > 0) {
                    differences.add(difference);
                }
            }
        }
        return new ComparisonResult(name, members, List.copyOf(differences), new Conclusion(members, rankedBy).text());
    }
}
