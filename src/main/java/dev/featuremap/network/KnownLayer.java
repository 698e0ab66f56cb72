package dev.featuremap.network;

import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.Loss;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * A layer of DL4J's of a kind that experiment files describe, with the shape it gives and its parameters by our own arithmetic;
 * one class per kind, for described layers and those of saved networks alike. Dropout, or an activation function on its own, needs
 * none: it changes each number by itself.
 */
class KnownLayer {
    /** The layer that a description stands for. */
    static KnownLayer of(LayerSpec spec, Loss loss) {
        if (spec instanceof LayerSpec.Convolution convolution) {
            return new KnownConvolution(convolution);
        } else if (spec instanceof LayerSpec.DepthwiseConvolution convolution) {
            return new KnownConvolution.Depthwise(convolution);
        } else if (spec instanceof LayerSpec.SeparableConvolution convolution) {
            return new KnownConvolution.Separable(convolution);
        } else if (spec instanceof LayerSpec.Subsampling subsampling) {
            return new KnownPooling(subsampling);
        } else if (spec instanceof LayerSpec.GlobalPooling pooling) {
            return new KnownPooling.Global(pooling);
        } else if (spec instanceof LayerSpec.ZeroPadding padding) {
            return new Padding(padding);
        } else if (spec instanceof LayerSpec.Dropout dropout) {
            return new KnownLayer("dropout", new DropoutLayer(retained(dropout.rate())));
        } else if (spec instanceof LayerSpec.ActivationLayer activation) {
            return new KnownLayer("activation", new ActivationLayer(activation(activation.function())));
        } else if (spec instanceof LayerSpec.BatchNormalization normalization) {
            return new Normalization(normalization);
        } else if (spec instanceof LayerSpec.LocalResponseNormalization normalization) {
            return new LocalNormalization(normalization);
        } else if (spec instanceof LayerSpec.Prelu prelu) {
            return new Prelu(in -> prelu(prelu.slope(), in));
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
            return Optional.of(new KnownConvolution("convolution", (ConvolutionLayer) layer));
        } else if (kind == DepthwiseConvolution2D.class) {
            return Optional.of(new KnownConvolution.Depthwise((DepthwiseConvolution2D) layer));
        } else if (kind == SeparableConvolution2D.class) {
            return Optional.of(new KnownConvolution.Separable((SeparableConvolution2D) layer));
        } else if (kind == SubsamplingLayer.class) {
            return Optional.of(new KnownPooling((SubsamplingLayer) layer));
        } else if (kind == GlobalPoolingLayer.class) {
            return Optional.of(new KnownPooling.Global((GlobalPoolingLayer) layer));
        } else if (kind == ZeroPaddingLayer.class) {
            return Optional.of(new Padding((ZeroPaddingLayer) layer));
        } else if (kind == BatchNormalization.class) {
            return Optional.of(new Normalization((BatchNormalization) layer));
        } else if (kind == PReLULayer.class) {
            return Optional.of(new Prelu(in -> layer));
        } else if (kind == DenseLayer.class || kind == OutputLayer.class) {
            return Optional.of(new Connected((FeedForwardLayer) layer));
        }
        return Optional.empty();
    }

    private final String type;
    private final Function<Shape, Layer> layer;

    KnownLayer(String type, Layer layer) {
        this(type, in -> layer);
    }

    /** One of which DL4J wants to be told what it is given. */
    KnownLayer(String type, Function<Shape, Layer> layer) {
        this.type = type;
        this.layer = layer;
    }

    /** The kind's name in experiment files. */
    final String type() {
        return type;
    }

    /** DL4J's layer where it is given such a shape; its number of inputs is not set yet. */
    final Layer layer(Shape in) {
        return layer.apply(in);
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

    /** Rows and columns of zeros around the picture. */
    private static final class Padding extends KnownLayer {
        private final ZeroPaddingLayer layer;

        Padding(ZeroPaddingLayer layer) {
            super("zeroPadding", layer);
            this.layer = layer;
        }

        Padding(LayerSpec.ZeroPadding spec) {
            this(new ZeroPaddingLayer(
                    spec.padding().height(),
                    spec.after().height(),
                    spec.padding().width(),
                    spec.after().width()));
        }

        @Override
        Shape output(LayerPlace place) {
            Shape.Maps maps = place.maps();
            long height = padded(0, maps.height());
            long width = padded(2, maps.width());
            place.product(maps.channels(), height, width);
            return new Shape.Maps(maps.channels(), height, width);
        }

        private long padded(int side, long pixels) {
            return (long) layer.getPadding()[side] + pixels + layer.getPadding()[side + 1];
        }

        @Override
        String shapeArithmetic(Shape in) {
            return in instanceof Shape.Maps maps
                    ? Arithmetic.sides(arithmetic(0, maps.height()), arithmetic(2, maps.width()))
                    : "";
        }

        private String arithmetic(int side, long pixels) {
            return layer.getPadding()[side] + " + " + pixels + " + " + layer.getPadding()[side + 1] + " = "
                    + padded(side, pixels);
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
            return 4 * channels(place.in());
        }

        @Override
        String parameterArithmetic(Shape in) {
            return layer.isLockGammaBeta() ? "" : Arithmetic.normalization(channels(in));
        }
    }

    /** Local response normalisation: each number by its square and those of its neighbours across channels. */
    private static final class LocalNormalization extends KnownLayer {
        private final int neighbours;

        LocalNormalization(LayerSpec.LocalResponseNormalization spec) {
            super(
                    "localResponseNormalization",
                    new LocalResponseNormalization.Builder(spec.k(), spec.size(), spec.alpha(), spec.beta()).build());
            neighbours = spec.size() / 2;
        }

        @Override
        Shape output(LayerPlace place) {
            place.requireChannels(neighbours);
            return place.maps();
        }
    }

    /** ReLU with slopes for negative values that are learnt, one for each channel or unit. */
    private static final class Prelu extends KnownLayer {
        Prelu(Function<Shape, Layer> layer) {
            super("prelu", layer);
        }

        @Override
        long parameters(LayerPlace place) {
            return channels(place.in());
        }

        @Override
        String parameterArithmetic(Shape in) {
            Layer layer = layer(in);
            long slopes = layer.initializer().numParams(layer);
            return slopes == channels(in) ? "1·" + slopes + " = " + slopes : "";
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

    /** Channels of feature maps, or units. */
    private static long channels(Shape in) {
        return in instanceof Shape.Maps maps ? maps.channels() : in.size();
    }

    private static Layer prelu(double slope, Shape in) {
        PReLULayer.Builder builder = new PReLULayer.Builder().weightInit(new ConstantDistribution(slope));
        return in instanceof Shape.Maps maps
                ? builder.inputShape(maps.channels(), 1, 1).sharedAxes(2, 3).build()
                : builder.inputShape(in.size()).build();
    }

    /** DL4J's dropout takes the probability to retain; 0.9 dropped is 0.1 retained, not 0.09999999999999998. */
    private static double retained(double rate) {
        return BigDecimal.ONE.subtract(BigDecimal.valueOf(rate)).doubleValue();
    }

    static Activation activation(dev.featuremap.experiment.Activation activation) {
        return Activation.valueOf(activation.name());
    }

    static ConvolutionMode mode(LayerSpec.Mode mode) {
        return switch (mode) {
            case TRUNCATE -> ConvolutionMode.Truncate;
            case STRICT -> ConvolutionMode.Strict;
            case SAME -> ConvolutionMode.Same;
        };
    }

    static int[] pair(Extent extent) {
        return new int[] {extent.height(), extent.width()};
    }
}
