package dev.featuremap.engine;

import java.util.Optional;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/**
 * A loss the executor knows, with DL4J's arithmetic down to its clipping. Sums are over the examples given; who asks divides
 * by the batch.
 */
sealed interface LossFunction {
    /** Σ(y−p)², divided by the outputs when {@code mean}. */
    record Squared(boolean mean) implements LossFunction {}

    /** Σ|y−p|, divided by the outputs when {@code mean}. */
    record Absolute(boolean mean) implements LossFunction {}

    /** −Σ y·log p; a softmax's outputs are kept {@code clip} away from 0 and 1 in the loss, not in its gradient. */
    record CrossEntropy(float clip) implements LossFunction {}

    /** −Σ y·log p + (1−y)·log(1−p), outputs kept {@code clip} away from 0 and 1. */
    record BinaryCrossEntropy(float clip) implements LossFunction {}

    /** The form of DL4J's {@code loss}, if it has one. */
    static Optional<LossFunction> of(ILossFunction loss) {
        Class<?> type = loss.getClass();
        if (type == LossMSE.class || type == LossL2.class) {
            return unweighted(((LossL2) loss).getWeights() == null, new Squared(type == LossMSE.class));
        } else if (type == LossMAE.class || type == LossL1.class) {
            return unweighted(((LossL1) loss).getWeights() == null, new Absolute(type == LossMAE.class));
        } else if (type == LossMCXENT.class || type == LossNegativeLogLikelihood.class) {
            LossMCXENT entropy = (LossMCXENT) loss;
            return unweighted(entropy.getWeights() == null, new CrossEntropy((float) entropy.getSoftmaxClipEps()));
        } else if (type == LossBinaryXENT.class) {
            LossBinaryXENT entropy = (LossBinaryXENT) loss;
            return unweighted(entropy.getWeights() == null, new BinaryCrossEntropy((float) entropy.getClipEps()));
        }
        return Optional.empty();
    }

    private static Optional<LossFunction> unweighted(boolean unweighted, LossFunction loss) {
        return unweighted ? Optional.of(loss) : Optional.empty();
    }

    /** The loss of {@code outputs} summed over rows. */
    default double sum(ActivationFunction activation, float[] outputs, float[] labels, int rows, int columns) {
        int length = rows * columns;
        boolean softmax = activation instanceof ActivationFunction.Softmax;
        double sum = 0;
        if (this instanceof Squared squared) {
            for (int i = 0; i < length; i++) {
                double difference = labels[i] - outputs[i];
                sum += difference * difference;
            }
            return squared.mean ? sum / columns : sum;
        } else if (this instanceof Absolute absolute) {
            for (int i = 0; i < length; i++) {
                sum += Math.abs(outputs[i] - labels[i]);
            }
            return absolute.mean ? sum / columns : sum;
        } else if (this instanceof CrossEntropy entropy) {
            float clip = softmax ? entropy.clip : 0;
            for (int i = 0; i < length; i++) {
                sum -= Math.log(clipped(outputs[i], clip)) * labels[i];
            }
        } else if (this instanceof BinaryCrossEntropy entropy) {
            for (int i = 0; i < length; i++) {
                if (softmax) {
                    sum -= Math.log(outputs[i]) * labels[i];
                } else {
                    float p = clipped(outputs[i], entropy.clip);
                    sum -= Math.log(p) * labels[i] + Math.log(1 - p) * (1 - labels[i]);
                }
            }
        }
        return sum;
    }

    /** Fills {@code gradient} with the summed loss's derivative with respect to what went into {@code activation}. */
    default void gradient(
            ActivationFunction activation, float[] outputs, float[] labels, float[] gradient, int rows, int columns) {
        int length = rows * columns;
        if (this instanceof CrossEntropy && activation instanceof ActivationFunction.Softmax) {
            for (int i = 0; i < length; i++) {
                gradient[i] = outputs[i] - labels[i];
            }
            return;
        }
        if (this instanceof Squared squared) {
            float scale = squared.mean ? 2f / columns : 2f;
            for (int i = 0; i < length; i++) {
                gradient[i] = (outputs[i] - labels[i]) * scale;
            }
        } else if (this instanceof Absolute absolute) {
            float scale = absolute.mean ? 1f / columns : 1f;
            for (int i = 0; i < length; i++) {
                gradient[i] = Math.signum(outputs[i] - labels[i]) * scale;
            }
        } else if (this instanceof CrossEntropy) {
            for (int i = 0; i < length; i++) {
                gradient[i] = -(labels[i] / outputs[i]);
            }
        } else if (this instanceof BinaryCrossEntropy entropy) {
            for (int i = 0; i < length; i++) {
                float p = clipped(outputs[i], entropy.clip);
                gradient[i] = (p - labels[i]) / (p * (1 - p));
            }
        }
        activation.applyDerivative(outputs, gradient, rows, columns);
    }

    /** NaN stays NaN. */
    private static float clipped(float value, float clip) {
        return clip > 0 ? Math.min(Math.max(value, clip), 1 - clip) : value;
    }
}
