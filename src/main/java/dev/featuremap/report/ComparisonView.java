package dev.featuremap.report;

import dev.featuremap.run.ComparisonResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A comparison as its report shows it; what there is not is null.
 *
 * @param metrics the columns of the members' table
 */
record ComparisonView(
        ComparisonResult comparison,
        List<String> metrics,
        List<MemberRow> members,
        List<DifferenceChart> differences,
        TimeToReach times) {

    /** One member with what came of its runs. */
    record MemberRow(ComparisonResult.Member member, List<RunRow> runs) {
        static MemberRow of(MemberRuns runs) {
            Map<String, String> links = runs.links();
            return new MemberRow(
                    runs.member(),
                    runs.member().runs().stream()
                            .map(run -> new RunRow(run.name(), run.status().word(), run.cause(), links.get(run.name())))
                            .toList());
        }
    }

    /** One run; {@code link} leads to its report, or is null. */
    record RunRow(String name, String status, String cause, String link) {}

    /** The metrics some member has a summary of, those first that mean the same for all members. */
    static List<String> metrics(ComparisonResult comparison) {
        return Stream.of("accuracy", "r2", "mse", "mae", "loss")
                .filter(metric -> comparison.members().stream()
                        .anyMatch(member ->
                                member.summary() != null && member.summary().containsKey(metric)))
                .toList();
    }
}
