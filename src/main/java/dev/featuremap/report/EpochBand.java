package dev.featuremap.report;

import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Chart.Form;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.run.MetricsRow;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** One figure of the split that is watched over the epochs of several runs, as a line of means in a band from least to greatest. */
final class EpochBand {
    private EpochBand() {}

    /**
     * A chart with a line for each group of runs; empty when no run has the figure.
     *
     * @param groups the runs' scores under the group's name, in the order of the colours
     */
    static List<Chart> chart(
            String id, Axis y, Map<String, List<List<MetricsRow>>> groups, Function<MetricsRow, Double> value) {
        int epochs = groups.values().stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .mapToInt(MetricsRow::epoch)
                .max()
                .orElse(0);
        List<Series> series = new ArrayList<>();
        int colour = 0;
        boolean any = false;
        for (Map.Entry<String, List<List<MetricsRow>>> group : groups.entrySet()) {
            colour++;
            Series line = series(group.getKey(), colour, group.getValue(), value, epochs);
            any |= line.values().stream().anyMatch(number -> number != null);
            series.add(line);
        }
        if (!any) {
            return List.of();
        }
        double[] places =
                DoubleStream.iterate(1, epoch -> epoch + 1).limit(epochs).toArray();
        return List.of(new Chart(id, Axis.counting("epoch"), y, Chart.values(places), series));
    }

    private static Series series(
            String name, int colour, List<List<MetricsRow>> runs, Function<MetricsRow, Double> value, int epochs) {
        DoubleSummaryStatistics[] byEpoch = new DoubleSummaryStatistics[epochs];
        for (int i = 0; i < epochs; i++) {
            byEpoch[i] = new DoubleSummaryStatistics();
        }
        for (List<MetricsRow> rows : runs) {
            for (MetricsRow row : MetricsRow.watched(rows)) {
                Double number = value.apply(row);
                if (number != null && Double.isFinite(number)) {
                    byEpoch[row.epoch() - 1].accept(number);
                }
            }
        }
        boolean band = runs.size() > 1;
        return new Series(
                name,
                colour,
                Form.LINE,
                values(byEpoch, DoubleSummaryStatistics::getAverage),
                band ? values(byEpoch, DoubleSummaryStatistics::getMin) : null,
                band ? values(byEpoch, DoubleSummaryStatistics::getMax) : null);
    }

    private static List<Double> values(
            DoubleSummaryStatistics[] byEpoch, Function<DoubleSummaryStatistics, Double> value) {
        double[] values = new double[byEpoch.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = byEpoch[i].getCount() == 0 ? Double.NaN : value.apply(byEpoch[i]);
        }
        return Chart.values(values);
    }
}
