package dev.featuremap.report;

import dev.featuremap.page.Diagram;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Interaction;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.RunOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A comparison as its report shows it; what there is not is null, or an empty list.
 *
 * @param scoredOn which examples the members' scores are of
 * @param margin within which members are equal in the ranking metric, with its unit
 * @param titles of the metrics, the columns of the members' table
 * @param curves and {@code differences}: ids of charts with their titles
 * @param matrix every ranked member against every other; empty for two
 * @param pairs of members in the ranking metric
 * @param looks after how many seeds differences were looked at; empty where seeds were not added in rounds
 */
record ComparisonView(
        ComparisonResult comparison,
        String scoredOn,
        String ranking,
        String unit,
        String margin,
        List<String> titles,
        List<MemberRow> members,
        Map<String, String> curves,
        Map<String, String> differences,
        List<MatrixRow> matrix,
        List<PairRow> pairs,
        List<InteractionRow> interactions,
        List<Integer> looks,
        TimeToReach times) {

    /** One member with its figures, one for each metric, and what came of its runs. */
    record MemberRow(Member member, long seeds, List<FigureCell> figures, List<RunRow> runs) {
        static MemberRow of(MemberRuns runs, List<String> metrics) {
            Map<String, String> links = runs.links();
            Member member = runs.member();
            return new MemberRow(
                    member,
                    member.runs().stream().map(RunOutcome::seed).distinct().count(),
                    metrics.stream()
                            .map(metric -> FigureCell.of(member, metric))
                            .toList(),
                    member.runs().stream()
                            .map(run -> new RunRow(run.name(), run.status().word(), run.cause(), links.get(run.name())))
                            .toList());
        }
    }

    /** A metric's mean and interval; "–" and null where there is none. */
    record FigureCell(String mean, String interval) {
        static FigureCell of(Member member, String metric) {
            Summary summary = member.summary() == null ? null : member.summary().get(metric);
            if (summary == null) {
                return new FigureCell("–", null);
            }
            MetricFigures figures = MetricFigures.of(metric);
            return new FigureCell(
                    figures.value(summary.mean())
                            + (summary.sd() == null
                                    ? ""
                                    : " ± " + figures.value(summary.sd()).replace(" %", "")),
                    summary.ci95() == null ? null : figures.values(summary.ci95()));
        }
    }

    /** One run; {@code link} leads to its report, or is null. */
    record RunRow(String name, String status, String cause, String link) {}

    /** A member, and what it is to each of the ranked ones; null for itself and those it is not paired with. */
    record MatrixRow(String name, List<MatrixCell> cells) {}

    /** @param look says better, worse or neither */
    record MatrixCell(String symbol, String word, String difference, String look) {
        static MatrixCell of(Difference difference) {
            VerdictMark mark = VerdictMark.of(difference);
            return new MatrixCell(
                    mark.symbol,
                    mark.word,
                    MetricFigures.of(difference.metric()).difference(difference.mean()),
                    mark.isShown() ? mark.word : "");
        }
    }

    /** How much more one step of a grid does after another. */
    record InteractionRow(String step, String after, String difference, String interval, String mark) {
        static InteractionRow of(Interaction interaction, MetricFigures figures) {
            VerdictMark mark = VerdictMark.of(interaction.verdict());
            return new InteractionRow(
                    GridChart.step(interaction.one().key()) + " "
                            + interaction.one().to() + " − " + interaction.one().from(),
                    "at " + GridChart.step(interaction.other().key()) + " "
                            + interaction.other().to() + " rather than "
                            + interaction.other().from()
                            + interaction.given().entrySet().stream()
                                    .map(level -> ", " + GridChart.step(level.getKey()) + " " + level.getValue())
                                    .collect(Collectors.joining()),
                    figures.difference(interaction.mean()),
                    interaction.ci95() == null ? "–" : figures.differences(interaction.ci95()),
                    mark.symbol + " " + mark.word);
        }
    }

    static ComparisonView of(
            ComparisonResult comparison, List<MemberRuns> members, List<Diagram> charts, TimeToReach times) {
        Ranking ranking = Ranking.of(comparison);
        MetricFigures figures = ranking.figures();
        String metric = comparison.question().metric();
        List<String> metrics = metrics(comparison);
        List<Integer> looks = comparison.question().looks();
        return new ComparisonView(
                comparison,
                comparison.question().folds() == null
                        ? "test data no member trained on"
                        : "the fold each run held out of its training data",
                figures.name(),
                figures.unit(),
                Optional.ofNullable(comparison.question().equivalence())
                        .map(margins -> margins.get(metric))
                        .map(figures::margin)
                        .orElse(null),
                metrics.stream().map(one -> MetricFigures.of(one).title()).toList(),
                members.stream().map(runs -> MemberRow.of(runs, metrics)).toList(),
                titles(charts, "curve-"),
                titles(charts, "difference-"),
                ranking.members().size() < 3
                        ? List.of()
                        : ranking.members().stream()
                                .map(row -> new MatrixRow(
                                        row.name(),
                                        // Lists with gaps are none of List.of.
                                        ranking.members().stream()
                                                .map(column -> ranking.between(row, column)
                                                        .map(MatrixCell::of)
                                                        .orElse(null))
                                                .collect(Collectors.toList())))
                                .toList(),
                ranking.pairs().stream().map(PairRow::of).toList(),
                comparison.interactions().stream()
                        .map(one -> InteractionRow.of(one, figures))
                        .toList(),
                looks.size() == 1 ? List.of() : looks,
                times);
    }

    private static Map<String, String> titles(List<Diagram> charts, String prefix) {
        return charts.stream()
                .map(Diagram::id)
                .filter(id -> id.startsWith(prefix))
                .collect(Collectors.toMap(
                        id -> id,
                        id -> MetricFigures.of(id.substring(prefix.length())).title(),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    /** The metrics some member has a summary of, those first that mean the same for all members. */
    static List<String> metrics(ComparisonResult comparison) {
        return Stream.concat(DifferenceChart.METRICS.stream(), Stream.of("loss"))
                .filter(metric -> comparison.members().stream()
                        .anyMatch(member ->
                                member.summary() != null && member.summary().containsKey(metric)))
                .toList();
    }
}
