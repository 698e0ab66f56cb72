package dev.featuremap.engine;

import org.deeplearning4j.nn.conf.GradientNormalization;

/**
 * Parameters whose gradients DL4J normalises together before its updater sees them: a layer's, or one parameter's.
 *
 * <p>Where a batch normalisation is normalised as a layer, its running statistics count, as in DL4J.
 */
final class GradientGroup {
    /** What DL4J divides by where the norm is 0. */
    private static final double NORM_OF_ZEROS = 1e-5;

    private final GradientNormalization how;
    private final double threshold;
    private double squares;
    private float factor;

    GradientGroup(GradientNormalization how, double threshold) {
        this.how = how;
        this.threshold = threshold;
    }

    /** Whether each of a layer's parameters is a group of its own. */
    static boolean isOfOneParameter(GradientNormalization how) {
        return how == GradientNormalization.ClipL2PerParamType
                || how == GradientNormalization.RenormalizeL2PerParamType;
    }

    /** Whether the group's norm must be known before any of it is stepped. */
    boolean needsNorm() {
        return how != GradientNormalization.ClipElementWiseAbsoluteValue;
    }

    /** Forgets the last step's gradient. */
    void begin() {
        squares = 0;
    }

    /** Takes in the sum of squares of a part of the step's gradient, or what is left of it to take in. */
    void add(double sumOfSquares) {
        squares += sumOfSquares;
        double norm = Math.sqrt(squares);
        factor = switch (how) {
            case ClipL2PerLayer, ClipL2PerParamType -> norm > threshold ? (float) (threshold / norm) : 1;
            default -> (float) (1 / (norm == 0 ? NORM_OF_ZEROS : norm));
        };
    }

    /** Normalises a part of the gradient. */
    void apply(float[] gradient, int length) {
        if (needsNorm()) {
            float factor = this.factor;
            for (int i = 0; i < length; i++) {
                gradient[i] *= factor;
            }
        } else {
            float limit = (float) threshold;
            for (int i = 0; i < length; i++) {
                gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
            }
        }
    }
}
