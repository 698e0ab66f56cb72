package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.params.PReLUParamInitializer;
import org.deeplearning4j.nn.params.SeparableConvolutionParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Reads a network of DL4J's layer by layer, following what its layers do when they evaluate. */
public final class InferenceReader {
    private final MultiLayerNetwork network;
    private final String taker;
    private final InferenceWeights weights = new InferenceWeights();
    /** Index of the layer being read. */
    private int index;

    private List<Integer> in = List.of();
    private List<Integer> out = List.of();

    private InferenceReader(MultiLayerNetwork network, String taker) {
        this.network = network;
        this.taker = taker;
    }

    /**
     * The network for pictures of a shape.
     *
     * @param taker what takes it, to be told that it does not know a layer, such as {@code an ONNX file}
     * @throws Failure (usage) naming the first layer that is not one of experiment files
     */
    public static InferenceNetwork read(MultiLayerNetwork network, DataShape data, String taker) {
        return new InferenceReader(network, taker).read(data);
    }

    private InferenceNetwork read(DataShape data) {
        ShapeTable shapes = ShapeTable.of(network.getLayerWiseConfigurations(), data);
        List<InferenceLayer> layers = new ArrayList<>();
        List<Integer> input = sides(shapes.input());
        out = input;
        for (index = 0; index < network.getnLayers(); index++) {
            in = preProcessed(network.getLayerWiseConfigurations().getInputPreProcess(index));
            out = sides(shapes.rows().get(index).output());
            layers.add(layer(network.getLayer(index).conf().getLayer()));
        }
        return new InferenceNetwork(input, layers, weights);
    }

    private List<Integer> sides(Shape shape) {
        if (shape instanceof Shape.Maps maps) {
            return sides(maps.channels(), maps.height(), maps.width());
        } else if (shape instanceof Shape.Units units) {
            return sides(units.size());
        }
        throw lacks("sequences");
    }

    private static List<Integer> sides(long... sides) {
        return LongStream.of(sides).mapToObj(Math::toIntExact).toList();
    }

    /** What came out of the layer before in the shape that this one takes; the numbers stay in their order. */
    private List<Integer> preProcessed(InputPreProcessor between) {
        if (between == null) {
            return out;
        } else if (between instanceof CnnToFeedForwardPreProcessor flatten && flatten.getFormat() == CNN2DFormat.NCHW) {
            return List.of(out.stream().reduce(1, Math::multiplyExact));
        } else if (between instanceof FeedForwardToCnnPreProcessor unflatten) {
            return sides(unflatten.getNumChannels(), unflatten.getInputHeight(), unflatten.getInputWidth());
        }
        throw lacks(between.getClass().getSimpleName());
    }

    private InferenceLayer layer(Layer layer) {
        Class<?> kind = layer.getClass();
        if (kind == ConvolutionLayer.class) {
            return convolution((ConvolutionLayer) layer, 1, weights.add(parameter(DefaultParamInitializer.WEIGHT_KEY)));
        } else if (kind == DepthwiseConvolution2D.class) {
            // [height, width, channels, filters of a channel]
            INDArray filters = parameter(DefaultParamInitializer.WEIGHT_KEY).permute(2, 3, 0, 1);
            return convolution((ConvolutionLayer) layer, in.get(0), weights.add(filters));
        } else if (kind == SeparableConvolution2D.class) {
            return separable((SeparableConvolution2D) layer);
        } else if (kind == SubsamplingLayer.class) {
            return subsampling((SubsamplingLayer) layer);
        } else if (kind == GlobalPoolingLayer.class) {
            return globalPooling((GlobalPoolingLayer) layer);
        } else if (kind == ZeroPaddingLayer.class) {
            int[] sides = ((ZeroPaddingLayer) layer).getPadding();
            return new InferenceLayer.ZeroPadding(in, out, List.of(sides[0], sides[2]));
        } else if (kind == DenseLayer.class && !((DenseLayer) layer).hasLayerNorm()) {
            DenseLayer dense = (DenseLayer) layer;
            return new InferenceLayer.Dense(
                    in, out, name(dense.getActivationFn()), connections(), bias(dense.hasBias()));
        } else if (kind == OutputLayer.class && index == network.getnLayers() - 1) {
            OutputLayer output = (OutputLayer) layer;
            return new InferenceLayer.Output(
                    in, out, name(output.getActivationFn()), connections(), bias(output.hasBias()));
        } else if (kind == BatchNormalization.class) {
            return normalization((BatchNormalization) layer);
        } else if (kind == LocalResponseNormalization.class) {
            LocalResponseNormalization local = (LocalResponseNormalization) layer;
            return new InferenceLayer.LocalResponseNormalization(
                    in, out, (int) local.getN() / 2, local.getK(), local.getAlpha(), local.getBeta());
        } else if (kind == PReLULayer.class && layer.initializer().numParams(layer) == in.get(0)) {
            return new InferenceLayer.Prelu(in, out, weights.add(parameter(PReLUParamInitializer.WEIGHT_KEY)));
        } else if (kind == ActivationLayer.class) {
            return new InferenceLayer.Activation(in, out, name(((ActivationLayer) layer).getActivationFn()));
        } else if (kind == DropoutLayer.class && layer.getIDropout() instanceof Dropout dropout) {
            return new InferenceLayer.Dropout(in, out, 1 - dropout.getP());
        }
        throw lacks("a " + kind.getSimpleName() + " of this kind");
    }

    private InferenceLayer.Convolution convolution(ConvolutionLayer layer, int groups, int filters) {
        return new InferenceLayer.Convolution(
                in,
                out,
                groups,
                pair(layer.getKernelSize()),
                pair(layer.getStride()),
                before(layer),
                pair(layer.getDilation()),
                name(layer.getActivationFn()),
                filters,
                bias(layer.hasBias()));
    }

    private InferenceLayer separable(SeparableConvolution2D layer) {
        List<Integer> between = List.of(in.get(0) * layer.getDepthMultiplier(), out.get(1), out.get(2));
        // [filters of a channel, channels, height, width]
        INDArray filters = parameter(SeparableConvolutionParamInitializer.DEPTH_WISE_WEIGHT_KEY)
                .permute(1, 0, 2, 3);
        InferenceLayer.Convolution depthwise = new InferenceLayer.Convolution(
                in,
                between,
                in.get(0),
                pair(layer.getKernelSize()),
                pair(layer.getStride()),
                before(layer),
                pair(layer.getDilation()),
                "identity",
                weights.add(filters),
                -1);
        InferenceLayer.Convolution pointwise = new InferenceLayer.Convolution(
                between,
                out,
                1,
                List.of(1, 1),
                List.of(1, 1),
                List.of(0, 0),
                List.of(1, 1),
                name(layer.getActivationFn()),
                weights.add(parameter(SeparableConvolutionParamInitializer.POINT_WISE_WEIGHT_KEY)),
                bias(layer.hasBias()));
        return new InferenceLayer.SeparableConvolution(in, out, depthwise, pointwise);
    }

    private InferenceLayer globalPooling(GlobalPoolingLayer layer) {
        if (!layer.isCollapseDimensions()) {
            throw lacks("a GlobalPoolingLayer of this kind");
        }
        String pooling = switch (layer.getPoolingType()) {
            case MAX -> "max";
            case AVG -> "mean";
            case SUM, PNORM -> throw lacks("global pooling by " + layer.getPoolingType());
        };
        return new InferenceLayer.GlobalPooling(in, out, pooling);
    }

    private InferenceLayer subsampling(SubsamplingLayer layer) {
        if (layer.getDilation()[0] != 1 || layer.getDilation()[1] != 1) {
            throw lacks("dilated subsampling");
        }
        // The comments in DL4J's layer say the opposite of what its avgpool2d does with the flag.
        String pooling = switch (layer.getPoolingType()) {
            case MAX -> "max";
            case AVG -> layer.isAvgPoolIncludePadInDivisor() ? "meanWithPadding" : "mean";
            case PNORM -> "pnorm";
            case SUM -> throw lacks("subsampling by SUM");
        };
        return new InferenceLayer.Subsampling(
                in,
                out,
                pair(layer.getKernelSize()),
                pair(layer.getStride()),
                before(
                        layer.getKernelSize(),
                        layer.getStride(),
                        layer.getPadding(),
                        layer.getDilation(),
                        layer.getConvolutionMode()),
                pair(layer.getDilation()),
                pooling,
                pooling.equals("pnorm") ? layer.getPnorm() : 0);
    }

    private InferenceLayer normalization(BatchNormalization layer) {
        INDArray mean = parameter(BatchNormalizationParamInitializer.GLOBAL_MEAN);
        INDArray variance = layer.isUseLogStd()
                ? Transforms.exp(parameter(BatchNormalizationParamInitializer.GLOBAL_LOG_STD)
                        .mul(2 * Math.log(10)))
                : parameter(BatchNormalizationParamInitializer.GLOBAL_VAR);
        boolean locked = layer.isLockGammaBeta();
        if (locked && (layer.getGamma() != 1 || layer.getBeta() != 0)) {
            // DL4J's own forward pass ignores them.
            throw lacks("batch normalisation with fixed gamma " + layer.getGamma() + " and beta " + layer.getBeta());
        }
        INDArray zeros = mean.mul(0);
        int place = weights.add(locked ? zeros.add(1) : parameter(BatchNormalizationParamInitializer.GAMMA));
        weights.add(locked ? zeros : parameter(BatchNormalizationParamInitializer.BETA));
        weights.add(mean);
        weights.add(variance);
        return new InferenceLayer.BatchNormalization(in, out, layer.getEps(), place);
    }

    /** A dense layer's weights, {@code [units, inputs]}. */
    private int connections() {
        return weights.add(parameter(DefaultParamInitializer.WEIGHT_KEY).transpose());
    }

    private int bias(boolean there) {
        return there ? weights.add(parameter(DefaultParamInitializer.BIAS_KEY)) : -1;
    }

    private INDArray parameter(String key) {
        return network.getLayer(index).getParam(key);
    }

    private List<Integer> before(ConvolutionLayer layer) {
        return before(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode());
    }

    /** Padding above and left, as {@code ConvolutionUtils.getSameModeTopLeftPadding} has it where the mode is same. */
    private List<Integer> before(int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        return switch (mode) {
            case Truncate, Strict -> pair(padding);
            case Same ->
                IntStream.range(0, 2)
                        .mapToObj(side -> {
                            int reach = (kernel[side] - 1) * dilation[side] + 1;
                            int covered = (out.get(side + 1) - 1) * stride[side] + reach;
                            return Math.max(0, covered - in.get(side + 1)) / 2;
                        })
                        .toList();
            case Causal -> throw lacks("convolution mode " + mode);
        };
    }

    private String name(IActivation function) {
        return Stream.of(dev.featuremap.experiment.Activation.values())
                .map(Enum::name)
                .filter(name -> Activation.valueOf(name).getActivationFunction().equals(function))
                .findFirst()
                .orElseThrow(() -> lacks("activation " + function))
                .toLowerCase(Locale.ROOT);
    }

    private static List<Integer> pair(int[] downAndAcross) {
        return List.of(downAndAcross[0], downAndAcross[1]);
    }

    private Failure lacks(String what) {
        return Failure.usage(
                "layer " + index + ": " + taker + " does not know " + what,
                "take a run whose layers are those of experiment files (network.layers)");
    }
}
