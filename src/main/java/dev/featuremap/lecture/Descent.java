package dev.featuremap.lecture;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Loss;
import dev.featuremap.lecture.LinearModel.Gradient;
import dev.featuremap.page.Grid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
     * @param gradients how long C was in each step
     * @param passings how often Yp of each digit passed its Y
     * @param end W and b after the last step
     * @param predictions of the digits 0 to 9 at the end
     */
    public record Path(
            List<Double> mse,
            List<Double> mae,
            List<Double> gradients,
            List<Integer> passings,
            LinearModel end,
            List<Double> predictions) {
        public Path {
            mse = List.copyOf(mse);
            mae = List.copyOf(mae);
            gradients = List.copyOf(gradients);
            passings = List.copyOf(passings);
            predictions = List.copyOf(predictions);
        }

        /** The digits that arrived at their Y, went past it, and came back at least once. */
        List<Integer> arrived() {
            return IntStream.range(0, passings.size())
                    .filter(digit -> passings.get(digit) > 1)
                    .boxed()
                    .toList();
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
        List<Double> gradients = new ArrayList<>();
        int[] passings = new int[labels.size()];
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
                Gradient gradient = model.gradient(loss, pictures, labels);
                LinearModel next = model.step(gradient, learningRate);
                gradients.add(gradient.length());
                for (int n = 0; n < passings.length; n++) {
                    passings[n] +=
                            side(model, pictures.get(n), labels.get(n)) == side(next, pictures.get(n), labels.get(n))
                                    ? 0
                                    : 1;
                }
                model = next;
            }
        }
        return new Path(
                mse,
                mae,
                gradients,
                Arrays.stream(passings).boxed().toList(),
                model,
                pictures.stream().map(model::predict).toList());
    }

    private static double side(LinearModel model, Grid picture, int label) {
        return Math.signum(model.predict(picture) - label);
    }

    private static double mean(Loss loss, LinearModel model, List<Grid> pictures, List<Integer> labels) {
        double sum = 0;
        for (int n = 0; n < pictures.size(); n++) {
            sum += LinearModel.loss(loss, model.predict(pictures.get(n)) - labels.get(n));
        }
        return sum / pictures.size();
    }
}
