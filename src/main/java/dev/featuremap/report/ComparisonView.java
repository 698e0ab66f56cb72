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

    /** One member; {@code links} lead from its seeds to the reports of their runs. */
    record MemberRow(ComparisonResult.Member member, Map<Long, String> links) {
        static MemberRow of(MemberRuns runs) {
            return new MemberRow(runs.member(), runs.links());
        }
    }

    /** The metrics some member has a summary of, those first that mean the same for all members. */
    static List<String> metrics(ComparisonResult comparison) {
        return Stream.of("accuracy", "r2", "mse", "mae", "loss")
                .filter(metric -> comparison.members().stream()
                        .anyMatch(member ->
                                member.summary() != null && member.summary().containsKey(metric)))
                .toList();
    }
}
