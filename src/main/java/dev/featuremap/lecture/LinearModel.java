package dev.featuremap.lecture;

import dev.featuremap.experiment.Loss;
import dev.featuremap.page.Grid;
import java.util.List;
import java.util.Random;

/**
 * A digit's value from its pixels, {@code Yp = X·W + b}, in float64. Source: slides L1 to L3.
 *
 * @param weights W, {@code [28, 28]} as the pixels they belong to
 * @param bias b
 */
public record LinearModel(Grid weights, double bias) {
    /** Weights drawn evenly from ±0.05 by {@link Random}, whose numbers Java fixes for ever; b = 0. */
    public static LinearModel drawn(long seed) {
        Random random = new Random(seed);
        return new LinearModel(Grid.of(Digits.SIDE, Digits.SIDE, (row, column) -> 0.1 * random.nextDouble() - 0.05), 0);
    }

    /** X·W + b. */
    public double predict(Grid picture) {
        double[] x = picture.toArray();
        double[] w = weights.toArray();
        double sum = bias;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * w[i];
        }
        return sum;
    }

    /** The loss of one prediction: {@code (Yp − Y)²} or {@code |Yp − Y|}. */
    static double loss(Loss loss, double residual) {
        return loss == Loss.MSE ? residual * residual : Math.abs(residual);
    }

    /** ∂loss/∂Yp: {@code 2(Yp − Y)}, or the sign of {@code Yp − Y}, which is 0 at 0. */
    static double slope(Loss loss, double residual) {
        return loss == Loss.MSE ? 2 * residual : Math.signum(residual);
    }

    /** C: the mean over the pictures of ∂loss/∂Yp · ∂Yp/∂W and of ∂loss/∂Yp · ∂Yp/∂b, where ∂Yp/∂W = X and ∂Yp/∂b = 1. */
    Gradient gradient(Loss loss, List<Grid> pictures, List<Integer> labels) {
        double[] ofWeights = new double[Digits.SIDE * Digits.SIDE];
        double ofBias = 0;
        for (int n = 0; n < pictures.size(); n++) {
            Grid picture = pictures.get(n);
            double slope = slope(loss, predict(picture) - labels.get(n)) / pictures.size();
            double[] x = picture.toArray();
            for (int i = 0; i < x.length; i++) {
                ofWeights[i] += slope * x[i];
            }
            ofBias += slope;
        }
        return new Gradient(Grid.of(Digits.SIDE, Digits.SIDE, ofWeights), ofBias);
    }

    /** {@code W − Lr·C} and {@code b − Lr·C}. */
    LinearModel step(Gradient gradient, double learningRate) {
        Grid next = Grid.of(
                Digits.SIDE,
                Digits.SIDE,
                (row, column) -> weights.at(row, column)
                        - learningRate * gradient.weights().at(row, column));
        return new LinearModel(next, bias - learningRate * gradient.bias());
    }

    /**
     * C of the slides.
     *
     * @param weights for each weight, {@code [28, 28]}
     * @param bias for b
     */
    public record Gradient(Grid weights, double bias) {
        /** The length of C as a vector, the bias's part included. */
        double length() {
            double square = bias * bias;
            for (double of : weights.toArray()) {
                square += of * of;
            }
            return Math.sqrt(square);
        }
    }
}
