package dev.featuremap.engine;

import dev.featuremap.experiment.Loss;
import java.util.Optional;

/**
 * A loss that is a sum over single outputs, as DL4J has it down to its clipping.
 *
 * @param value of one output
 * @param slope the value's derivative
 * @param mean whether the sum is divided by the outputs of an example
 * @param activation what the slope still has to go back through: the output layer's, or nothing where the slope is that of both
 */
record ElementwiseLoss(Value value, Slope slope, boolean mean, ActivationFunction activation) implements LossFunction {
    /** Of label {@code y} and output {@code p}. */
    interface Value {
        double of(float y, float p);
    }

    /** Of label {@code y} and output {@code p}. */
    interface Slope {
        float of(float y, float p);
    }

    /** How far a cross entropy keeps a softmax's outputs away from 0 and 1, in the loss and not in its gradient. */
    private static final float SOFTMAX_CLIP = 1e-10f;

    /** How far a binary cross entropy keeps outputs away from 0 and 1. */
    private static final float BINARY_CLIP = 1e-5f;

    /** The least that the Kullback–Leibler divergence takes labels and outputs for, in the loss and not in its gradient. */
    private static final float DIVERGENCE_CLIP = 1e-5f;

    /** The form of {@code loss}, if it is of this kind and defined for what {@code activation} gives. */
    static Optional<ElementwiseLoss> of(Loss loss, ActivationFunction activation) {
        boolean softmax = activation instanceof Softmax;
        ElementwiseLoss form = switch (loss) {
            case MSE -> squared(true, activation);
            case L2 -> squared(false, activation);
            case MAE -> absolute(true, activation);
            case L1 -> absolute(false, activation);
            case MCXENT, NLL -> softmax ? atLogits((y, p) -> -y * Math.log(clipped(p, SOFTMAX_CLIP))) : null;
            case XENT -> softmax ? null : binaryCrossEntropy(activation);
            case HINGE ->
                new ElementwiseLoss(
                        (y, p) -> Math.max(1 - y * p, 0), (y, p) -> 1 - y * p > 0 ? -y : 0, false, activation);
            case SQUARED_HINGE -> squaredHinge(activation);
            case KLD ->
                softmax
                        ? atLogits(ElementwiseLoss::divergence)
                        : new ElementwiseLoss(ElementwiseLoss::divergence, (y, p) -> -(y / p), false, activation);
            case POISSON -> poisson(activation);
            case MSLE -> squaredLogarithmic(activation);
            case MAPE ->
                new ElementwiseLoss(
                        (y, p) -> 100 * Math.abs((y - p) / y),
                        (y, p) -> 100 * Math.signum(p - y) / Math.abs(y),
                        true,
                        activation);
            default -> null;
        };
        return Optional.ofNullable(form);
    }

    private static ElementwiseLoss squared(boolean mean, ActivationFunction activation) {
        return new ElementwiseLoss((y, p) -> square(y - p), (y, p) -> 2 * (p - y), mean, activation);
    }

    private static ElementwiseLoss absolute(boolean mean, ActivationFunction activation) {
        return new ElementwiseLoss((y, p) -> Math.abs(p - y), (y, p) -> Math.signum(p - y), mean, activation);
    }

    /** A loss of shares of classes behind a softmax, of which only −Σ y·log p depends on the outputs. */
    private static ElementwiseLoss atLogits(Value value) {
        return new ElementwiseLoss(value, (y, p) -> p - y, false, ElementwiseFunction.IDENTITY);
    }

    private static ElementwiseLoss binaryCrossEntropy(ActivationFunction activation) {
        return new ElementwiseLoss(
                (y, output) -> {
                    float p = clipped(output, BINARY_CLIP);
                    return -(Math.log(p) * y + Math.log(1 - p) * (1 - y));
                },
                (y, output) -> {
                    float p = clipped(output, BINARY_CLIP);
                    return (p - y) / (p * (1 - p));
                },
                false,
                activation);
    }

    private static ElementwiseLoss squaredHinge(ActivationFunction activation) {
        return new ElementwiseLoss(
                (y, p) -> square(Math.max(1 - y * p, 0)), (y, p) -> -2 * y * Math.max(1 - y * p, 0), false, activation);
    }

    private static double divergence(float y, float p) {
        double label = Math.min(Math.max(y, DIVERGENCE_CLIP), 1);
        return label * Math.log(label / Math.min(Math.max(p, DIVERGENCE_CLIP), 1));
    }

    /** Of a label of 0 the logarithm has no share, whatever it is: DL4J's 0·log 0 is no number. */
    private static ElementwiseLoss poisson(ActivationFunction activation) {
        return new ElementwiseLoss(
                (y, p) -> y == 0 ? p : p - y * Math.log(p), (y, p) -> y == 0 ? 1 : 1 - y / p, false, activation);
    }

    private static ElementwiseLoss squaredLogarithmic(ActivationFunction activation) {
        return new ElementwiseLoss(
                (y, p) -> square(Math.log((p + 1.0) / (y + 1.0))),
                (y, p) -> (float) (2 / (p + 1.0) * Math.log((p + 1.0) / (y + 1.0))),
                true,
                activation);
    }

    private static double square(double value) {
        return value * value;
    }

    /** NaN stays NaN. */
    private static float clipped(float value, float clip) {
        return Math.min(Math.max(value, clip), 1 - clip);
    }

    @Override
    public double sum(OutputValues values) {
        double sum = 0;
        for (int i = 0; i < values.length(); i++) {
            sum += value.of(values.labels[i], values.outputs[i]);
        }
        return mean ? sum / values.columns : sum;
    }

    @Override
    public void gradient(OutputValues values, float[] gradient) {
        float scale = mean ? 1f / values.columns : 1;
        for (int i = 0; i < values.length(); i++) {
            gradient[i] = slope.of(values.labels[i], values.outputs[i]) * scale;
        }
        activation.applyDerivative(values.known(activation), gradient, values.rows, values.columns);
    }
}
