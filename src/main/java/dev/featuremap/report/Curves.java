package dev.featuremap.report;

import dev.featuremap.experiment.Split;
import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.run.MetricsRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The figures of a run over its epochs, as charts. */
final class Curves {
    private static final int TRAIN_COLOUR = 2;
    private static final int WATCHED_COLOUR = 1;

    private Curves() {}

    /** Loss, then accuracy (of values: the two distances), then speed; none for a run that ended in its first epoch. */
    static List<Chart> of(List<MetricsRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Chart> charts = new ArrayList<>();
        charts.add(curve("loss", Axis.of("loss"), rows, MetricsRow::loss));
        if (rows.get(0).accuracy() != null) {
            charts.add(curve("accuracy", Axis.share("accuracy"), rows, MetricsRow::accuracy));
        } else {
            charts.add(curve("mae", Axis.of("mean absolute error"), rows, MetricsRow::mae));
        }
        charts.add(new Chart(
                "speed",
                Axis.counting("epoch"),
                Axis.of("examples per second").within(0, 1.1 * fastest(rows)),
                epochs(rows),
                List.of(Series.line(
                        "training", TRAIN_COLOUR, column(rows, Split.TRAIN, MetricsRow::examplesPerSecond)))));
        return charts;
    }

    /** The epochs there are scores of. */
    static List<Double> epochs(List<MetricsRow> rows) {
        return rows.stream()
                .filter(MetricsRow::isTrain)
                .map(row -> (double) row.epoch())
                .toList();
    }

    /** One split's value of each epoch, null where it is not finite. */
    static List<Double> column(List<MetricsRow> rows, Split split, Function<MetricsRow, Double> value) {
        return Chart.values(rows.stream()
                .filter(row -> row.split() == split)
                .map(value)
                .mapToDouble(number -> number == null ? Double.NaN : number)
                .toArray());
    }

    private static Chart curve(String id, Axis y, List<MetricsRow> rows, Function<MetricsRow, Double> value) {
        Split watched = MetricsRow.watchedSplit(rows);
        return new Chart(
                id,
                Axis.counting("epoch"),
                y,
                epochs(rows),
                List.of(
                        Series.line("train", TRAIN_COLOUR, column(rows, Split.TRAIN, value)),
                        Series.line(watched.word(), WATCHED_COLOUR, column(rows, watched, value))));
    }

    private static double fastest(List<MetricsRow> rows) {
        return rows.stream()
                .filter(row -> row.examplesPerSecond() != null)
                .mapToDouble(MetricsRow::examplesPerSecond)
                .max()
                .orElse(1);
    }
}
