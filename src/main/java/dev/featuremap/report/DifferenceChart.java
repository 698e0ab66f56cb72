package dev.featuremap.report;

import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.IntervalChart;
import dev.featuremap.page.IntervalChart.Row;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The differences of the members from the first one, a chart for each metric that means the same for all members. */
final class DifferenceChart {
    /** In the order of interest; losses are on different scales and are not among them. */
    static final List<String> METRICS = List.of("accuracy", "r2", "mse", "mae");

    private DifferenceChart() {}

    static List<IntervalChart> of(ComparisonResult comparison) {
        return METRICS.stream()
                .flatMap(metric -> of(comparison, metric).stream())
                .toList();
    }

    private static Optional<IntervalChart> of(ComparisonResult comparison, String metric) {
        MetricFigures figures = MetricFigures.of(metric);
        String first = comparison.members().get(0).name();
        List<Row> rows = comparison.members().stream()
                .skip(1)
                .flatMap(member -> comparison.difference(member.name(), first, metric).stream())
                .map(difference -> row(difference, figures))
                .toList();
        Double margin = Optional.ofNullable(comparison.question().equivalence())
                .map(margins -> margins.get(metric))
                .map(figures::shown)
                .orElse(null);
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new IntervalChart(
                        "difference-" + metric,
                        "Difference from " + first + ": " + figures.name(),
                        Axis.of(figures.unit() + (figures.higherIsBetter() ? ": right" : ": left") + " is better"),
                        true,
                        margin,
                        rows,
                        List.of()));
    }

    private static Row row(Difference difference, MetricFigures figures) {
        VerdictMark mark = VerdictMark.of(difference);
        List<Double> ci95 = difference.ci95();
        return new Row(
                difference.member(),
                figures.difference(difference.mean()) + (ci95 == null ? "" : " (" + figures.differences(ci95) + ")"),
                mark.token,
                mark.form,
                mark.word,
                figures.shown(difference.mean()),
                ci95 == null
                        ? null
                        : Stream.of(ci95.get(0), ci95.get(1))
                                .map(figures::shown)
                                .toList());
    }
}
