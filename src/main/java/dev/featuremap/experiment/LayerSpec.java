package dev.featuremap.experiment;

/** One layer of a network; the key {@code type} chooses the form. Sizes of inputs follow from the layer before. */
@Choice(key = "type", meaning = "what kind of layer")
public sealed interface LayerSpec
        permits LayerSpec.Convolution,
                LayerSpec.DepthwiseConvolution,
                LayerSpec.SeparableConvolution,
                LayerSpec.Subsampling,
                LayerSpec.GlobalPooling,
                LayerSpec.ZeroPadding,
                LayerSpec.Dropout,
                LayerSpec.Dense,
                LayerSpec.BatchNormalization,
                LayerSpec.LocalResponseNormalization,
                LayerSpec.ActivationLayer,
                LayerSpec.Prelu,
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

    /** What a pool keeps of its window. */
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

    /**
     * A convolution of each channel by itself, {@code [n, c, h, w]} to {@code [n, c · depthMultiplier, h', w']}. Without dilation: ND4J's own
     * depthwise convolution of float32 fails on it.
     */
    record DepthwiseConvolution(
            @Key(value = "filters over each channel by itself", byDefault = "1", range = "[1, 65536]")
            int depthMultiplier,

            @Key(value = "height and width of a filter") Extent kernel,

            @Key(value = "pixels from one window to the next", byDefault = "1")
            Extent stride,

            @Key(value = "pixels of zeros around the picture", byDefault = "0")
            Extent padding,

            @Key(
                    value =
                            "how windows meet the edge: cut off what does not fill one, refuse it, or pad to the same size",
                    byDefault = "truncate")
            Mode mode,

            @Key(value = "activation function", byDefault = "identity")
            Activation activation)
            implements LayerSpec {
        public DepthwiseConvolution {
            Keys.check(DepthwiseConvolution.class, depthMultiplier, kernel, stride, padding, mode, activation);
            atLeastOne("kernel", kernel);
            atLeastOne("stride", stride);
            noPaddingWhenSame(mode, padding);
        }
    }

    /**
     * A depthwise convolution, and filters of one pixel over all that it gives, {@code [n, c, h, w]} to {@code [n, filters, h', w']}; the
     * activation function comes after both.
     */
    record SeparableConvolution(
            @Key(value = "number of filters, and so of feature maps", range = "[1, 65536]")
            int filters,

            @Key(value = "height and width of a filter") Extent kernel,

            @Key(value = "filters over each channel by itself", byDefault = "1", range = "[1, 65536]")
            int depthMultiplier,

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
        public SeparableConvolution {
            Keys.check(
                    SeparableConvolution.class,
                    filters,
                    kernel,
                    depthMultiplier,
                    stride,
                    padding,
                    dilation,
                    mode,
                    activation);
            atLeastOne("kernel", kernel);
            atLeastOne("stride", stride);
            atLeastOne("dilation", dilation);
            noPaddingWhenSame(mode, padding);
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

    /** One number of each feature map, {@code [n, c, h, w]} to {@code [n, c]}. */
    record GlobalPooling(
            @Key(value = "what is kept of a feature map: its mean or its largest value", byDefault = "avg")
            Pooling pooling)
            implements LayerSpec {
        public GlobalPooling {
            Keys.check(GlobalPooling.class, pooling);
        }
    }

    /** Zeros around the picture, {@code [n, c, h, w]} to {@code [n, c, h', w']}. */
    record ZeroPadding(
            @Key("rows of zeros above the picture, and columns to its left")
            Extent padding,

            @Key(value = "rows of zeros below the picture, and columns to its right", byDefault = "$padding")
            Extent after)
            implements LayerSpec {
        public ZeroPadding {
            Keys.check(ZeroPadding.class, padding, after);
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

    /**
     * Local response normalisation (Krizhevsky, Sutskever and Hinton 2012): each number x of a feature map to
     * {@code x / (k + alpha · Σ x²)^beta}, the sum taken at the same pixel over neighbouring maps.
     */
    record LocalResponseNormalization(
            @Key(
                    value = "maps that are summed over, the own one in their midst; an odd number",
                    byDefault = "5",
                    range = "[1, 65535]")
            int size,

            @Key(value = "added to the sum", byDefault = "2", range = "(0, 1e6]")
            double k,

            @Key(value = "what the sum of squares is multiplied by", byDefault = "1e-4", range = "(0, 1e6]")
            double alpha,

            @Key(value = "the power that is divided by", byDefault = "0.75", range = "(0, 10]")
            double beta)
            implements LayerSpec {
        public LocalResponseNormalization {
            Keys.check(LocalResponseNormalization.class, size, k, alpha, beta);
            if (size % 2 == 0) {
                throw new InvalidKey("size", size, "an odd number");
            }
        }
    }

    /** An activation function on its own. */
    @Named("activation")
    record ActivationLayer(@Key("activation function") Activation function) implements LayerSpec {
        public ActivationLayer {
            Keys.check(ActivationLayer.class, function);
        }
    }

    /** ReLU whose slope below 0 is learnt, one for each channel or unit (He et al. 2015). */
    record Prelu(
            @Key(value = "slope below 0 at the start", byDefault = "0.25", range = "[-1000, 1000]")
            double slope) implements LayerSpec {
        public Prelu {
            Keys.check(Prelu.class, slope);
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
