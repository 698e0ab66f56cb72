package dev.featuremap.experiment;

/** One layer of a network; the key {@code type} chooses the form. Sizes of inputs follow from the layer before. */
@Choice(key = "type", meaning = "what kind of layer")
public sealed interface LayerSpec
        permits LayerSpec.Convolution,
                LayerSpec.Subsampling,
                LayerSpec.Dropout,
                LayerSpec.Dense,
                LayerSpec.BatchNormalization,
                LayerSpec.ActivationLayer,
                LayerSpec.Output {
    /** How a window meets the edge of a picture. */
    enum Mode {
        /** Only whole windows; pixels left over at the edge are dropped. */
        TRUNCATE,
        /** Only whole windows, and a size that leaves pixels over is refused. */
        STRICT,
        /** Padded so that the output is the input's size divided by the stride, rounded up. */
        SAME
    }

    /** What a subsampling window keeps. */
    enum Pooling {
        MAX,
        AVG
    }

    /** A convolution, {@code [n, c, h, w]} to {@code [n, filters, h', w']}. */
    record Convolution(
            @Key(value = "number of filters, and so of feature maps", range = "[1, 65536]")
            int filters,

            @Key(value = "height and width of a filter") Extent kernel,

            @Key(value = "pixels from one window to the next", byDefault = "1")
            Extent stride,

            @Key(value = "pixels of zeros around the picture", byDefault = "0")
            Extent padding,

            @Key(value = "distance between the pixels a filter looks at", byDefault = "1")
            Extent dilation,

            @Key(
                    value =
                            "how windows meet the edge: cut off what does not fill one, refuse it, or pad to the same size",
                    byDefault = "truncate")
            Mode mode,

            @Key(value = "activation function", byDefault = "identity")
            Activation activation)
            implements LayerSpec {
        public Convolution {
            Keys.check(Convolution.class, filters, kernel, stride, padding, dilation, mode, activation);
            atLeastOne("kernel", kernel);
            atLeastOne("stride", stride);
            atLeastOne("dilation", dilation);
            noPaddingWhenSame(mode, padding);
        }

        /** Square filters, everything else by default. */
        public Convolution(int filters, int kernel, Activation activation) {
            this(
                    filters,
                    Extent.square(kernel),
                    Extent.square(1),
                    Extent.square(0),
                    Extent.square(1),
                    Mode.TRUNCATE,
                    activation);
        }
    }

    /** A pooling layer, {@code [n, c, h, w]} to {@code [n, c, h', w']}. */
    record Subsampling(
            @Key(value = "what a window keeps: its largest value or its mean", byDefault = "max")
            Pooling pooling,

            @Key(value = "height and width of a window", byDefault = "2")
            Extent size,

            @Key(value = "pixels from one window to the next", byDefault = "$size")
            Extent stride,

            @Key(value = "pixels of padding around the picture", byDefault = "0")
            Extent padding,

            @Key(
                    value =
                            "how windows meet the edge: cut off what does not fill one, refuse it, or pad to the same size",
                    byDefault = "truncate")
            Mode mode)
            implements LayerSpec {
        public Subsampling {
            Keys.check(Subsampling.class, pooling, size, stride, padding, mode);
            atLeastOne("size", size);
            atLeastOne("stride", stride);
            noPaddingWhenSame(mode, padding);
        }

        /** Square windows side by side, everything else by default. */
        public Subsampling(Pooling pooling, int size) {
            this(pooling, Extent.square(size), Extent.square(size), Extent.square(0), Mode.TRUNCATE);
        }
    }

    /** Dropout: drops a share of its inputs at each step of training, and passes everything when evaluating. */
    record Dropout(
            @Key(value = "share of units dropped at each step of training", range = "[0, 1)")
            double rate) implements LayerSpec {
        public Dropout {
            Keys.check(Dropout.class, rate);
        }
    }

    /** A fully connected layer, {@code [n, in]} to {@code [n, units]}: X·W + b. */
    record Dense(
            @Key(value = "number of outputs", range = "[1, 1000000]")
            int units,

            @Key(value = "activation function", byDefault = "identity")
            Activation activation)
            implements LayerSpec {
        public Dense {
            Keys.check(Dense.class, units, activation);
        }
    }

    /** Batch normalisation (Ioffe and Szegedy 2015): each channel or unit to mean 0, variance 1, then scaled and moved. */
    record BatchNormalization(
            @Key(
                    value = "share of the running mean and variance kept at each step",
                    byDefault = "0.9",
                    range = "[0, 1]")
            double decay,

            @Key(value = "added to the variance", byDefault = "1e-5", range = "(0, 1]")
            double epsilon)
            implements LayerSpec {
        public BatchNormalization {
            Keys.check(BatchNormalization.class, decay, epsilon);
        }
    }

    /** An activation function on its own. */
    @Named("activation")
    record ActivationLayer(@Key("activation function") Activation function) implements LayerSpec {
        public ActivationLayer {
            Keys.check(ActivationLayer.class, function);
        }
    }

    /** The last layer: fully connected, its outputs compared with the labels by the experiment's loss. */
    record Output(
            @Key(value = "number of outputs: the classes, or 1 for a value", range = "[1, 1000000]")
            int units,

            @Key(value = "activation function", byDefault = "softmax")
            Activation activation)
            implements LayerSpec {
        public Output {
            Keys.check(Output.class, units, activation);
        }
    }

    private static void atLeastOne(String key, Extent extent) {
        if (!extent.isAtLeast(1)) {
            throw new InvalidKey(key, extent, "at least 1");
        }
    }

    private static void noPaddingWhenSame(Mode mode, Extent padding) {
        if (mode == Mode.SAME && !padding.equals(Extent.square(0))) {
            throw new InvalidKey("padding", padding, "0 when mode is same, which pads by itself");
        }
    }
}
