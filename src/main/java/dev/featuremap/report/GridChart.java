package dev.featuremap.report;

import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Chart.Form;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A grid's means in the ranking metric: a line for each value of its first key, over the values of all others. */
final class GridChart {
    private GridChart() {}

    /** Empty for what is no grid of two keys or more, or has no scores. */
    static Optional<Chart> of(ComparisonResult comparison) {
        String metric = comparison.question().metric();
        List<Member> members = comparison.members();
        if (members.stream()
                        .anyMatch(member ->
                                member.levels() == null || member.levels().size() < 2)
                || members.stream().noneMatch(member -> member.summary().containsKey(metric))) {
            return Optional.empty();
        }
        List<String> keys = List.copyOf(members.get(0).levels().keySet());
        List<String> places = members.stream().map(GridChart::others).distinct().toList();
        Map<String, Summary[]> lines = new LinkedHashMap<>();
        for (Member member : members) {
            lines.computeIfAbsent(member.levels().get(keys.get(0)), none -> new Summary[places.size()])[
                            places.indexOf(others(member))] =
                    member.summary().get(metric);
        }
        List<Series> series = new ArrayList<>();
        lines.forEach((value, summaries) -> series.add(new Series(
                step(keys.get(0)) + " " + value,
                series.size() + 1,
                Form.LINE,
                values(summaries, Summary::mean),
                values(
                        summaries,
                        summary -> summary.ci95() == null
                                ? summary.mean()
                                : summary.ci95().get(0)),
                values(
                        summaries,
                        summary -> summary.ci95() == null
                                ? summary.mean()
                                : summary.ci95().get(1)))));
        return Optional.of(new Chart(
                "grid",
                Axis.named(keys.stream().skip(1).map(GridChart::step).collect(Collectors.joining(", ")), places),
                MetricFigures.of(metric).valueAxis(),
                IntStream.range(0, places.size()).asDoubleStream().boxed().toList(),
                series));
    }

    /** A key's last step, which tells it in a chart. */
    static String step(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** A member's values of all keys but the first. */
    private static String others(Member member) {
        return String.join(
                ", ",
                List.copyOf(member.levels().values()).subList(1, member.levels().size()));
    }

    private static List<Double> values(Summary[] summaries, Function<Summary, Double> value) {
        return Chart.values(Arrays.stream(summaries)
                .mapToDouble(summary -> summary == null ? Double.NaN : value.apply(summary))
                .toArray());
    }
}
