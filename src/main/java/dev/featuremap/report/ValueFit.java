package dev.featuremap.report;

import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Chart.Form;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.run.Predictions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predicted values beside the true ones.
 *
 * @param rootMeanSquaredError in the label's unit
 * @param meanError of predicted − true: what is off on average, with its sign
 * @param medianAbsoluteError half of the examples are off by less
 * @param shown examples in the chart
 */
record ValueFit(double rootMeanSquaredError, double meanError, double medianAbsoluteError, int shown, int examples) {
    private static final int MOST_POINTS = 2000;

    static ValueFit of(Predictions predictions) {
        double[] errors = IntStream.range(0, predictions.size())
                .mapToDouble(i -> predictions.outputs()[i][0] - predictions.labels()[i])
                .toArray();
        double squares = 0;
        double sum = 0;
        for (double error : errors) {
            squares += error * error;
            sum += error;
        }
        double[] distances = IntStream.range(0, errors.length)
                .mapToDouble(i -> Math.abs(errors[i]))
                .sorted()
                .toArray();
        return new ValueFit(
                Math.sqrt(squares / errors.length),
                sum / errors.length,
                (distances[(errors.length - 1) / 2] + distances[errors.length / 2]) / 2,
                Math.min(MOST_POINTS, errors.length),
                errors.length);
    }

    /** Predicted over true value, of every n-th example where there are many, with the line on which both are equal. */
    static Chart chart(Predictions predictions) {
        int every = (predictions.size() + MOST_POINTS - 1) / MOST_POINTS;
        List<Integer> shown = IntStream.range(0, predictions.size())
                .filter(i -> i % every == 0)
                .boxed()
                .sorted(Comparator.comparing(i -> predictions.labels()[i]))
                .toList();
        List<Double> truth =
                shown.stream().map(i -> (double) predictions.labels()[i]).toList();
        List<Double> answers = Chart.values(
                shown.stream().mapToDouble(i -> predictions.outputs()[i][0]).toArray());
        return new Chart(
                "fit",
                Axis.of("true value"),
                Axis.of("predicted value"),
                truth,
                List.of(
                        Series.of(Form.POINTS, "test examples", 1, answers),
                        Series.of(Form.REFERENCE, "predicted = true", 1, truth)));
    }
}
