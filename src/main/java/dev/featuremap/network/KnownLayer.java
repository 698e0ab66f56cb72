package dev.featuremap.network;

import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.Loss;
import java.math.BigDecimal;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * A layer of DL4J's of a kind that experiment files describe, with the shape it gives and its parameters by our own arithmetic;
 * one class per kind, for described layers and those of saved networks alike. Dropout, or an activation function on its own, needs
 * none: it changes each number by itself.
 */
class KnownLayer {
    /** The layer that a description stands for; its number of inputs is not set yet. */
    static KnownLayer of(LayerSpec spec, Loss loss) {
        if (spec instanceof LayerSpec.Convolution convolution) {
            return new Convolution(convolution);
        } else if (spec instanceof LayerSpec.Subsampling subsampling) {
            return new Subsampling(subsampling);
        } else if (spec instanceof LayerSpec.Dropout dropout) {
            return new KnownLayer("dropout", new DropoutLayer(retained(dropout.rate())));
        } else if (spec instanceof LayerSpec.ActivationLayer activation) {
            return new KnownLayer("activation", new ActivationLayer(activation(activation.function())));
        } else if (spec instanceof LayerSpec.BatchNormalization normalization) {
            return new Normalization(normalization);
        } else if (spec instanceof LayerSpec.Dense dense) {
            return new Connected(dense);
        } else if (spec instanceof LayerSpec.Output output) {
            return new Connected(output, loss);
        }
        throw new IllegalStateException("no layer of DL4J's for " + spec);
    }

    /** A saved network's layer of exactly such a class: subclasses such as Convolution1DLayer mean something else by their fields. */
    static Optional<KnownLayer> of(Layer layer) {
        Class<?> kind = layer.getClass();
        if (kind == ConvolutionLayer.class) {
            return Optional.of(new Convolution((ConvolutionLayer) layer));
        } else if (kind == SubsamplingLayer.class) {
            return Optional.of(new Subsampling((SubsamplingLayer) layer));
        } else if (kind == BatchNormalization.class) {
            return Optional.of(new Normalization((BatchNormalization) layer));
        } else if (kind == DenseLayer.class || kind == OutputLayer.class) {
            return Optional.of(new Connected((FeedForwardLayer) layer));
        }
        return Optional.empty();
    }

    private final String type;
    private final Layer layer;

    private KnownLayer(String type, Layer layer) {
        this.type = type;
        this.layer = layer;
    }

    /** The kind's name in experiment files. */
    final String type() {
        return type;
    }

    final Layer layer() {
        return layer;
    }

    /** Its windows on the picture; empty where it has none. */
    Optional<Windows> windows() {
        return Optional.empty();
    }

    /** The shape it gives; what cannot be is refused at that place. */
    Shape output(LayerPlace place) {
        return place.in();
    }

    /** How the shape comes about, such as {@code 28 - 5 + 1 = 24}; may be empty. */
    String shapeArithmetic(Shape in) {
        return in instanceof Shape.Maps maps
                ? windows().map(windows -> windows.arithmetic(maps)).orElse("")
                : "";
    }

    /** How many parameters it has; more than an array can hold are refused at that place. */
    long parameters(LayerPlace place) {
        return 0;
    }

    /** How many of these come about, such as {@code 20·(1·5·5) + 20 = 520}; empty without any, or where a saved one has others. */
    String parameterArithmetic(Shape in) {
        return "";
    }

    /** A convolution: filters slide over all channels. */
    private static final class Convolution extends KnownLayer {
        private final ConvolutionLayer layer;

        Convolution(ConvolutionLayer layer) {
            super("convolution", layer);
            this.layer = layer;
        }

        Convolution(LayerSpec.Convolution spec) {
            this(new ConvolutionLayer.Builder()
                    .nOut(spec.filters())
                    .kernelSize(pair(spec.kernel()))
                    .stride(pair(spec.stride()))
                    .padding(pair(spec.padding()))
                    .dilation(pair(spec.dilation()))
                    .convolutionMode(mode(spec.mode()))
                    .activation(activation(spec.activation()))
                    .build());
        }

        @Override
        Optional<Windows> windows() {
            return Optional.of(Windows.of(
                    layer.getKernelSize(),
                    layer.getStride(),
                    layer.getPadding(),
                    layer.getDilation(),
                    layer.getConvolutionMode()));
        }

        @Override
        Shape output(LayerPlace place) {
            return place.slide(layer.getNOut(), windows().orElseThrow());
        }

        @Override
        long parameters(LayerPlace place) {
            int[] kernel = layer.getKernelSize();
            return place.product(layer.getNOut(), place.maps().channels(), kernel[0], kernel[1]) + layer.getNOut();
        }

        @Override
        String parameterArithmetic(Shape in) {
            int[] kernel = layer.getKernelSize();
            long channels = ((Shape.Maps) in).channels();
            return Arithmetic.filters(layer.getNOut(), channels, kernel[0], kernel[1], layer.hasBias());
        }
    }

    /** A pooling layer: a window slides over each channel by itself. */
    private static final class Subsampling extends KnownLayer {
        private final SubsamplingLayer layer;

        Subsampling(SubsamplingLayer layer) {
            super("subsampling", layer);
            this.layer = layer;
        }

        Subsampling(LayerSpec.Subsampling spec) {
            this(new SubsamplingLayer.Builder(
                            SubsamplingLayer.PoolingType.valueOf(spec.pooling().name()))
                    .kernelSize(pair(spec.size()))
                    .stride(pair(spec.stride()))
                    .padding(pair(spec.padding()))
                    .convolutionMode(mode(spec.mode()))
                    .build());
        }

        @Override
        Optional<Windows> windows() {
            return Optional.of(Windows.of(
                    layer.getKernelSize(),
                    layer.getStride(),
                    layer.getPadding(),
                    layer.getDilation(),
                    layer.getConvolutionMode()));
        }

        @Override
        Shape output(LayerPlace place) {
            Windows windows = windows().orElseThrow();
            place.refuseWindowsOutside(windows);
            return place.slide(place.maps().channels(), windows);
        }
    }

    /** Batch normalisation: scale, shift, running mean and running variance of each channel or unit. */
    private static final class Normalization extends KnownLayer {
        private final BatchNormalization layer;

        Normalization(BatchNormalization layer) {
            super("batchNormalization", layer);
            this.layer = layer;
        }

        Normalization(LayerSpec.BatchNormalization spec) {
            this(new BatchNormalization.Builder()
                    .decay(spec.decay())
                    .eps(spec.epsilon())
                    .build());
        }

        @Override
        long parameters(LayerPlace place) {
            return 4 * normalised(place.in());
        }

        @Override
        String parameterArithmetic(Shape in) {
            return layer.isLockGammaBeta() ? "" : Arithmetic.normalization(normalised(in));
        }

        private static long normalised(Shape in) {
            return in instanceof Shape.Maps maps ? maps.channels() : in.size();
        }
    }

    /** A fully connected layer, the output among them. */
    private static final class Connected extends KnownLayer {
        private final FeedForwardLayer layer;

        Connected(FeedForwardLayer layer) {
            super(layer instanceof DenseLayer ? "dense" : "output", layer);
            this.layer = layer;
        }

        Connected(LayerSpec.Dense spec) {
            this(new DenseLayer.Builder()
                    .nOut(spec.units())
                    .activation(activation(spec.activation()))
                    .build());
        }

        Connected(LayerSpec.Output spec, Loss loss) {
            this(new OutputLayer.Builder(Losses.function(loss))
                    .nOut(spec.units())
                    .activation(activation(spec.activation()))
                    .build());
        }

        @Override
        Shape output(LayerPlace place) {
            return new Shape.Units(layer.getNOut());
        }

        @Override
        String shapeArithmetic(Shape in) {
            return Arithmetic.flattened(in);
        }

        @Override
        long parameters(LayerPlace place) {
            return place.product(place.in().size(), layer.getNOut()) + layer.getNOut();
        }

        @Override
        String parameterArithmetic(Shape in) {
            if (layer instanceof DenseLayer dense) {
                return dense.hasLayerNorm() ? "" : Arithmetic.connected(in.size(), layer.getNOut(), dense.hasBias());
            }
            return Arithmetic.connected(in.size(), layer.getNOut(), ((BaseOutputLayer) layer).hasBias());
        }
    }

    /** DL4J's dropout takes the probability to retain; 0.9 dropped is 0.1 retained, not 0.09999999999999998. */
    private static double retained(double rate) {
        return BigDecimal.ONE.subtract(BigDecimal.valueOf(rate)).doubleValue();
    }

    private static Activation activation(dev.featuremap.experiment.Activation activation) {
        return Activation.valueOf(activation.name());
    }

    private static ConvolutionMode mode(LayerSpec.Mode mode) {
        return switch (mode) {
            case TRUNCATE -> ConvolutionMode.Truncate;
            case STRICT -> ConvolutionMode.Strict;
            case SAME -> ConvolutionMode.Same;
        };
    }

    private static int[] pair(Extent extent) {
        return new int[] {extent.height(), extent.width()};
    }
}
