package dev.featuremap.engine;

/**
 * One thing done to activations on their way through a network; a DL4J layer becomes one or more of them.
 *
 * <p>Offsets count values in DL4J's flattened parameters; −1 stands for a parameter the layer does not have.
 */
sealed interface Stage {
    /**
     * A convolution; {@code fused} is applied as its values are written, and an {@link Activation} that is already applied
     * stands somewhere behind it.
     *
     * @param weights where the filters lie, {@code [filters, channels, height, width]}
     */
    record Convolution(long weights, long bias, long channels, long filters, Window window, ElementwiseFunction fused)
            implements Stage {}

    /** A pool. */
    record Pooling(Kind kind, Window window) implements Stage {
        enum Kind {
            MAX,
            /** Of the pixels there are. */
            MEAN,
            /** Of as many as the window has, those outside of the picture being 0. */
            MEAN_WITH_PADDING
        }
    }

    /**
     * A fully connected layer, fused as {@link Convolution} is.
     *
     * @param weights where they lie, {@code [outputs, inputs]}: DL4J stores {@code [inputs, outputs]} in column order
     */
    record Dense(long weights, long bias, long inputs, long outputs, ElementwiseFunction fused) implements Stage {}

    /**
     * Batch normalisation over each channel.
     *
     * @param gammaBeta where gamma and, right behind, beta lie; −1 when they are fixed to 1 and 0
     * @param mean where the running mean and, right behind, the running variance lie
     * @param logStd whether the latter is kept as log10 of the standard deviation
     */
    record Normalization(long channels, long gammaBeta, long mean, double decay, float epsilon, boolean logStd)
            implements Stage {}

    /**
     * An activation function.
     *
     * @param applied whether an earlier stage has fused it, so that only its derivative is left to do here
     */
    record Activation(ActivationFunction function, boolean applied) implements Stage {}

    /**
     * Inverted dropout.
     *
     * @param layer index of the DL4J layer, which distinguishes masks of one step
     * @param retain probability of keeping a unit
     */
    record Dropout(int layer, double retain) implements Stage {}

    /** Pictures to rows, channel by channel. */
    record Flatten() implements Stage {}

    /** Rows to pictures, channel by channel. */
    record Unflatten(long channels, long height, long width) implements Stage {}
}
