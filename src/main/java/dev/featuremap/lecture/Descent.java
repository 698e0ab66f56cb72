package dev.featuremap.lecture;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Loss;
import dev.featuremap.lecture.page.Grid;
import java.util.ArrayList;
import java.util.List;

/**
 * Many steps of gradient descent on the ten digits as one batch, once on MSE and once on MAE, from the same start.
 *
 * @param byMse what stepping down MSE gives
 * @param byMae what stepping down MAE gives
 */
public record Descent(Path byMse, Path byMae) {
    /**
     * One way down.
     *
     * @param mse the mean of (Yp − Y)² before the first step and after each
     * @param mae the mean of |Yp − Y| likewise
     * @param end W and b after the last step
     * @param predictions of the digits 0 to 9 at the end
     */
    public record Path(List<Double> mse, List<Double> mae, LinearModel end, List<Double> predictions) {
        public Path {
            mse = List.copyOf(mse);
            mae = List.copyOf(mae);
            predictions = List.copyOf(predictions);
        }
    }

    static Descent of(LinearModel start, List<Grid> pictures, List<Integer> labels, double learningRate, int steps) {
        return new Descent(
                path(Loss.MSE, start, pictures, labels, learningRate, steps),
                path(Loss.MAE, start, pictures, labels, learningRate, steps));
    }

    private static Path path(
            Loss loss, LinearModel start, List<Grid> pictures, List<Integer> labels, double learningRate, int steps) {
        LinearModel model = start;
        List<Double> mse = new ArrayList<>();
        List<Double> mae = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            mse.add(mean(Loss.MSE, model, pictures, labels));
            mae.add(mean(Loss.MAE, model, pictures, labels));
            if (!Double.isFinite(mse.get(step))) {
                throw new Failure(
                        Failure.Kind.DIVERGED,
                        "gradient descent diverged on " + loss + " at step " + step + " with learning rate "
                                + learningRate,
                        "lower --rate, such as --rate 0.001");
            }
            if (step < steps) {
                model = model.step(model.gradient(loss, pictures, labels), learningRate);
            }
        }
        return new Path(mse, mae, model, pictures.stream().map(model::predict).toList());
    }

    private static double mean(Loss loss, LinearModel model, List<Grid> pictures, List<Integer> labels) {
        double sum = 0;
        for (int n = 0; n < pictures.size(); n++) {
            sum += LinearModel.loss(loss, model.predict(pictures.get(n)) - labels.get(n));
        }
        return sum / pictures.size();
    }
}
