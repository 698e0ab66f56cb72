package dev.featuremap.report;

import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Chart.Form;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.run.StepRow;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;

/** The loss of a run's steps as a chart: of many, neighbours are drawn as one. */
final class StepCurve {
    private static final int MOST_PLACES = 200;
    private static final int COLOUR = 2;

    private StepCurve() {}

    /** Empty for a run that has not two steps to draw a line between. */
    static Optional<Chart> of(List<StepRow> rows) {
        if (rows.size() < 2) {
            return Optional.empty();
        }
        int places = Math.min(MOST_PLACES, rows.size());
        double[] steps = new double[places];
        double[] mean = new double[places];
        double[] least = new double[places];
        double[] greatest = new double[places];
        for (int i = 0; i < places; i++) {
            List<StepRow> neighbours = rows.subList(first(i, rows, places), first(i + 1, rows, places));
            DoubleSummaryStatistics losses =
                    neighbours.stream().mapToDouble(StepRow::loss).summaryStatistics();
            steps[i] = neighbours.get(neighbours.size() - 1).step();
            mean[i] = losses.getAverage();
            least[i] = losses.getMin();
            greatest[i] = losses.getMax();
        }
        Series series = new Series(
                "training",
                COLOUR,
                Form.LINE,
                Chart.values(mean),
                places < rows.size() ? Chart.values(least) : null,
                places < rows.size() ? Chart.values(greatest) : null);
        return Optional.of(
                new Chart("steps", Axis.counting("step"), Axis.of("loss"), Chart.values(steps), List.of(series)));
    }

    private static int first(int place, List<StepRow> rows, int places) {
        return (int) ((long) place * rows.size() / places);
    }
}
