package dev.featuremap.report;

import dev.featuremap.page.IntervalChart;
import dev.featuremap.page.IntervalChart.Bar;
import dev.featuremap.page.IntervalChart.Form;
import dev.featuremap.page.IntervalChart.Row;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The members in the order of their means in the ranking metric, the best first.
 *
 * @param members those that have scores
 */
record Ranking(ComparisonResult comparison, MetricFigures figures, List<Member> members) {
    static Ranking of(ComparisonResult comparison) {
        String metric = comparison.question().metric();
        Comparator<Member> byMean = Comparator.comparingDouble(
                member -> member.summary().get(metric).mean());
        MetricFigures figures = MetricFigures.of(metric);
        return new Ranking(
                comparison,
                figures,
                comparison.members().stream()
                        .filter(member ->
                                member.summary() != null && member.summary().containsKey(metric))
                        .sorted(figures.higherIsBetter() ? byMean.reversed() : byMean)
                        .toList());
    }

    /** How one does against another in the ranking metric. */
    Optional<Difference> between(Member one, Member other) {
        return comparison.difference(
                one.name(), other.name(), comparison.question().metric());
    }

    /** Each member and each one behind it, as far as they are paired. */
    List<Difference> pairs() {
        return IntStream.range(0, members.size())
                .boxed()
                .flatMap(ahead -> members.subList(ahead + 1, members.size()).stream()
                        .flatMap(behind -> between(members.get(ahead), behind).stream()))
                .toList();
    }

    /**
     * Neighbours of which none is shown to be ahead of another, in groups that are as large as can be; double where all of a group
     * are equal. The bars of critical difference diagrams (Demšar 2006, Journal of Machine Learning Research 7).
     */
    List<Bar> bars() {
        List<Bar> open = groups(mark -> !mark.isShown(), false);
        List<Bar> equal = groups(mark -> mark == VerdictMark.EQUAL, true);
        return Stream.concat(
                        open.stream().filter(bar -> !equal.contains(new Bar(bar.first(), bar.last(), true))),
                        equal.stream())
                .toList();
    }

    private List<Bar> groups(Predicate<VerdictMark> alike, boolean twice) {
        List<Bar> bars = new ArrayList<>();
        int covered = -1;
        for (int first = 0; first < members.size(); first++) {
            int last = first;
            while (last + 1 < members.size() && isAlikeTo(first, last + 1, alike)) {
                last++;
            }
            if (last > first && last > covered) {
                bars.add(new Bar(first, last, twice));
                covered = last;
            }
        }
        return bars;
    }

    /** Whether a member is so to each of those from the first to the one before it. */
    private boolean isAlikeTo(int first, int member, Predicate<VerdictMark> alike) {
        return members.subList(first, member).stream()
                .allMatch(other -> between(other, members.get(member))
                        .map(VerdictMark::of)
                        .filter(alike)
                        .isPresent());
    }

    /** The members on one axis, each in the colour it has in the curves, with bars that join those that can't be told apart. */
    IntervalChart strip() {
        List<Row> rows = members.stream().map(this::row).toList();
        return new IntervalChart(
                "ranking", "Ranking by " + figures.name(), figures.valueAxis(), false, null, rows, bars());
    }

    private Row row(Member member) {
        Summary summary = member.summary().get(comparison.question().metric());
        return new Row(
                member.name(),
                figures.value(summary.mean())
                        + (summary.ci95() == null ? "" : " (" + figures.values(summary.ci95()) + ")"),
                "series-" + (comparison.members().indexOf(member) % 8 + 1),
                Form.FILLED,
                "",
                summary.mean(),
                summary.ci95());
    }
}
