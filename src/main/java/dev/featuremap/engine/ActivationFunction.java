package dev.featuremap.engine;

import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * An activation function the executor knows. All of them have a derivative that can be told from their output, so inputs need
 * not be kept.
 */
sealed interface ActivationFunction {
    record Identity() implements ActivationFunction {}

    record Relu() implements ActivationFunction {}

    /** Slope {@code slope} below 0. */
    record LeakyRelu(float slope) implements ActivationFunction {}

    record Tanh() implements ActivationFunction {}

    record Sigmoid() implements ActivationFunction {}

    /** Over the units of each example. */
    record Softmax() implements ActivationFunction {}

    /** The form of DL4J's {@code function}, if it has one. */
    static Optional<ActivationFunction> of(IActivation function) {
        if (function instanceof ActivationIdentity) {
            return Optional.of(new Identity());
        } else if (function instanceof ActivationReLU relu) {
            boolean plain = relu.getMax() == null && relu.getThreshold() == null && relu.getNegativeSlope() == null;
            return plain ? Optional.of(new Relu()) : Optional.empty();
        } else if (function instanceof ActivationLReLU leaky) {
            return leaky.getAlpha() > 0 ? Optional.of(new LeakyRelu((float) leaky.getAlpha())) : Optional.empty();
        } else if (function instanceof ActivationTanH) {
            return Optional.of(new Tanh());
        } else if (function instanceof ActivationSigmoid) {
            return Optional.of(new Sigmoid());
        } else if (function instanceof ActivationSoftmax) {
            return Optional.of(new Softmax());
        }
        return Optional.empty();
    }

    /** Whether a larger input never gives a smaller output, so that the largest of outputs is the output of the largest. */
    default boolean isMonotone() {
        return !(this instanceof Softmax);
    }

    /** Replaces {@code rows} rows of {@code columns} inputs by outputs. */
    default void apply(float[] values, int rows, int columns) {
        int length = rows * columns;
        if (this instanceof Relu) {
            for (int i = 0; i < length; i++) {
                values[i] = Math.max(values[i], 0f);
            }
        } else if (this instanceof LeakyRelu leaky) {
            for (int i = 0; i < length; i++) {
                values[i] = values[i] < 0 ? leaky.slope * values[i] : values[i];
            }
        } else if (this instanceof Tanh) {
            for (int i = 0; i < length; i++) {
                values[i] = (float) Math.tanh(values[i]);
            }
        } else if (this instanceof Sigmoid) {
            for (int i = 0; i < length; i++) {
                values[i] = (float) (1 / (1 + Math.exp(-values[i])));
            }
        } else if (this instanceof Softmax) {
            for (int row = 0; row < rows; row++) {
                softmax(values, row * columns, columns);
            }
        }
    }

    /** Replaces {@code gradient} with respect to outputs by that with respect to inputs. */
    default void applyDerivative(float[] outputs, float[] gradient, int rows, int columns) {
        int length = rows * columns;
        if (this instanceof Relu) {
            for (int i = 0; i < length; i++) {
                gradient[i] = outputs[i] > 0 ? gradient[i] : 0;
            }
        } else if (this instanceof LeakyRelu leaky) {
            for (int i = 0; i < length; i++) {
                gradient[i] *= outputs[i] >= 0 ? 1 : leaky.slope;
            }
        } else if (this instanceof Tanh) {
            for (int i = 0; i < length; i++) {
                gradient[i] *= 1 - outputs[i] * outputs[i];
            }
        } else if (this instanceof Sigmoid) {
            for (int i = 0; i < length; i++) {
                gradient[i] *= outputs[i] * (1 - outputs[i]);
            }
        } else if (this instanceof Softmax) {
            for (int row = 0; row < rows; row++) {
                softmaxDerivative(outputs, gradient, row * columns, columns);
            }
        }
    }

    private static void softmax(float[] values, int from, int length) {
        float largest = values[from];
        for (int i = 1; i < length; i++) {
            largest = Math.max(largest, values[from + i]);
        }
        double sum = 0;
        for (int i = 0; i < length; i++) {
            float power = (float) Math.exp(values[from + i] - largest);
            values[from + i] = power;
            sum += power;
        }
        for (int i = 0; i < length; i++) {
            values[from + i] = (float) (values[from + i] / sum);
        }
    }

    private static void softmaxDerivative(float[] outputs, float[] gradient, int from, int length) {
        double dot = 0;
        for (int i = 0; i < length; i++) {
            dot += (double) outputs[from + i] * gradient[from + i];
        }
        for (int i = 0; i < length; i++) {
            gradient[from + i] = (float) (outputs[from + i] * (gradient[from + i] - dot));
        }
    }
}
