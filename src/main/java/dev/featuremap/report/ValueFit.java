package dev.featuremap.report;

import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Chart.Form;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.run.Predictions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;

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
        double[] distances = Arrays.stream(errors).map(Math::abs).toArray();
        return new ValueFit(
                Math.sqrt(StatUtils.sumSq(errors) / errors.length),
                StatUtils.mean(errors),
                new Median().evaluate(distances),
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
