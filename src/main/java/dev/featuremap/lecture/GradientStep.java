package dev.featuremap.lecture;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Loss;
import dev.featuremap.lecture.LinearModel.Gradient;
import dev.featuremap.page.Grid;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A step of gradient descent by hand on one digit, for both losses from the same start, and many steps on all ten
 * digits. Source: slides L1 to L3.
 *
 * @param digit the example's name, which is also its label
 * @param label Y
 * @param seed of the start
 * @param learningRate Lr
 * @param picture X, {@code [28, 28]}, 0..1
 * @param start W and b
 * @param prediction {@code Yp = X·W + b}
 * @param residual {@code Yp − Y}
 */
public record GradientStep(
        String digit,
        int label,
        long seed,
        double learningRate,
        Grid picture,
        LinearModel start,
        double prediction,
        double residual,
        LossStep mse,
        LossStep mae,
        Descent descent) {
    /**
     * The step one loss makes.
     *
     * @param loss before the step
     * @param slope ∂loss/∂Yp
     * @param gradient C
     * @param newWeights W − Lr·C, {@code [28, 28]}
     * @param newBias b − Lr·C
     * @param newPrediction Yp after the step
     * @param newLoss after the step
     */
    public record LossStep(
            double loss,
            double slope,
            Gradient gradient,
            Grid newWeights,
            double newBias,
            double newPrediction,
            double newLoss) {}

    /**
     * What is asked for.
     *
     * @param digit 0..9
     * @param steps of the long descent, 1..100000
     */
    public record Request(int digit, long seed, double learningRate, int steps) {
        /** What is shown where nothing is asked for. */
        public static final Request USUAL = new Request(7, 42, 0.001, 300);

        public Request {
            Digits.check(digit);
            if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
                throw Failure.usage(
                        "--rate " + learningRate + ": a learning rate is a number above 0", "try --rate 0.001");
            }
            if (steps < 1 || steps > 100_000) {
                throw Failure.usage("--steps " + steps + ": 1 to 100000 steps are possible", "try --steps 300");
            }
        }
    }

    /** Works out what was asked for, or refuses a learning rate with which the many steps diverge. */
    public static GradientStep of(Request request) {
        List<Grid> digits = Digits.all();
        List<Integer> labels = IntStream.range(0, digits.size()).boxed().toList();
        Grid picture = digits.get(request.digit());
        LinearModel start = LinearModel.drawn(request.seed());
        double prediction = start.predict(picture);
        return new GradientStep(
                Integer.toString(request.digit()),
                request.digit(),
                request.seed(),
                request.learningRate(),
                picture,
                start,
                prediction,
                prediction - request.digit(),
                step(Loss.MSE, start, picture, request),
                step(Loss.MAE, start, picture, request),
                Descent.of(start, digits, labels, request.learningRate(), request.steps()));
    }

    private static LossStep step(Loss loss, LinearModel start, Grid picture, Request request) {
        double residual = start.predict(picture) - request.digit();
        Gradient gradient = start.gradient(loss, List.of(picture), List.of(request.digit()));
        LinearModel next = start.step(gradient, request.learningRate());
        double newPrediction = next.predict(picture);
        return new LossStep(
                LinearModel.loss(loss, residual),
                LinearModel.slope(loss, residual),
                gradient,
                next.weights(),
                next.bias(),
                newPrediction,
                LinearModel.loss(loss, newPrediction - request.digit()));
    }
}
