package dev.featuremap.engine;

import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** An activation function the executor knows. */
sealed interface ActivationFunction permits ElementwiseFunction, Softmax {
    /** The form of DL4J's {@code function}, if it has one. */
    static Optional<? extends ActivationFunction> of(IActivation function) {
        return function instanceof ActivationSoftmax ? Optional.of(Softmax.OF_UNITS) : ElementwiseFunction.of(function);
    }

    /** Whether a larger input never gives a smaller output, so that the largest of outputs is the output of the largest. */
    boolean isMonotone();

    /** Whether the derivative is told from the input, which has to be kept for it, and not from the output. */
    boolean needsInput();

    /** Replaces {@code rows} rows of {@code columns} inputs by outputs. */
    void apply(float[] values, int rows, int columns);

    /**
     * Replaces {@code gradient} with respect to outputs by that with respect to inputs.
     *
     * @param known the inputs if {@link #needsInput()}, else the outputs
     */
    void applyDerivative(float[] known, float[] gradient, int rows, int columns);
}
