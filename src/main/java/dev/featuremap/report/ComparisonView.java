package dev.featuremap.report;

import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.RunStatus;
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

    /** One member: what it sets, its scores by metric, and its runs. */
    record MemberRow(String name, List<String> overrides, Map<String, Summary> summary, List<RunLink> runs) {
        static MemberRow of(MemberRuns runs) {
            ComparisonResult.Member member = runs.member();
            return new MemberRow(
                    member.name(),
                    member.overrides(),
                    member.summary(),
                    member.runs().stream()
                            .map(run -> new RunLink(
                                    run.seed(),
                                    run.status(),
                                    run.cause(),
                                    runs.link(run.seed()).orElse(null)))
                            .toList());
        }
    }

    /** One run; {@code link} leads to its report, {@code cause} says why it has no scores. */
    record RunLink(long seed, RunStatus status, String cause, String link) {}

    /** The metrics some member has a summary of, those first that mean the same for all members. */
    static List<String> metrics(ComparisonResult comparison) {
        return Stream.of("accuracy", "r2", "mse", "mae", "loss")
                .filter(metric -> comparison.members().stream()
                        .anyMatch(member ->
                                member.summary() != null && member.summary().containsKey(metric)))
                .toList();
    }
}
