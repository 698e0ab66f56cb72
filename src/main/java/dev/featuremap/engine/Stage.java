package dev.featuremap.engine;

import java.util.Optional;

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
     * @param weights where the filters lie, in the order of their kind
     */
    record Convolution(
            long weights,
            long bias,
            long channels,
            long filters,
            Filters kind,
            Window window,
            ElementwiseFunction fused)
            implements Stage {
        enum Filters {
            /** Over all channels, {@code [filters, channels, height, width]}. */
            DENSE,
            /** As many over each channel, {@code [height, width, channels, filters of a channel]}. */
            DEPTHWISE,
            /** The same as a separable convolution has them, {@code [filters of a channel, channels, height, width]}. */
            DEPTHWISE_OF_SEPARABLE,
            /** Over all channels of a sequence, {@code [length, channels, filters]}. */
            OF_SEQUENCE
        }

        boolean isDense() {
            return kind == Filters.DENSE || kind == Filters.OF_SEQUENCE;
        }

        /** How many channels a filter sees. */
        long channelsOfFilter() {
            return isDense() ? channels : 1;
        }

        Convolution unfused() {
            return new Convolution(weights, bias, channels, filters, kind, window, ElementwiseFunction.IDENTITY);
        }
    }

    /**
     * A pool.
     *
     * @param ownWindow empty where it is the whole picture
     */
    record Pooling(Kind kind, Optional<Window> ownWindow) implements Stage {
        enum Kind {
            MAX,
            /** Of the pixels there are. */
            MEAN,
            /** Of as many as the window has, those outside of the picture being 0. */
            MEAN_WITH_PADDING
        }

        /** The window on pictures of a shape. */
        Window window(Shape picture) {
            return ownWindow.orElseGet(() -> Window.whole(picture));
        }
    }

    /** Rows and columns of zeros around the picture, or as many as are cut off of it where they are negative; all of a stage are of one sign. */
    record Padding(Window.Pair before, Window.Pair after) implements Stage {
        Shape output(Shape input) {
            return new Shape(
                    input.examples(),
                    input.channels(),
                    before.height() + input.height() + after.height(),
                    before.width() + input.width() + after.width());
        }

        boolean cuts() {
            return Math.min(before.height() + after.height(), before.width() + after.width()) < 0;
        }
    }

    /** Each pixel repeated in {@code times.height()} rows and {@code times.width()} columns. */
    record Upsampling(Window.Pair times) implements Stage {
        Shape output(Shape input) {
            return new Shape(
                    input.examples(), input.channels(), input.height() * times.height(), input.width() * times.width());
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

    /** ReLU with a slope for negative values that is learnt, one for each channel; {@code slopes} is where these lie. */
    record Prelu(long slopes, long channels) implements Stage {}

    /**
     * Local response normalisation: {@code x (k + alpha Σ x²)^-beta}, the sum taken over {@code size} neighbouring channels.
     */
    record LocalNormalization(int size, float k, float alpha, float beta) implements Stage {}

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
