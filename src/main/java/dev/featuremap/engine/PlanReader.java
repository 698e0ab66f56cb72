package dev.featuremap.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.IActivation;

/** Reads a {@link MultiLayerConfiguration} layer by layer into stages, following what DL4J's layers do, not their names. */
final class PlanReader {
    private final MultiLayerConfiguration configuration;
    private final List<Stage> stages = new ArrayList<>();
    /** Whether what is not flat are sequences. */
    private final boolean sequences;
    /** Index of the layer being read. */
    private int layer;
    /** Where the layer's parameters begin among the network's. */
    private long offset;
    /** Whether activations are rows here, not pictures. */
    private boolean flat;

    PlanReader(MultiLayerConfiguration configuration) {
        this.configuration = configuration;
        flat = takesRows();
        sequences = configuration.getConfs().stream().anyMatch(conf -> takesSequences(conf.getLayer()));
    }

    /** What first asks for one of the two tells; the layers before it take both. */
    private boolean takesRows() {
        for (int i = 0; i < configuration.getConfs().size(); i++) {
            InputPreProcessor preProcessor = configuration.getInputPreProcess(i);
            if (preProcessor != null) {
                return preProcessor instanceof FeedForwardToCnnPreProcessor;
            }
            Layer conf = configuration.getConf(i).getLayer();
            if (takesPictures(conf)) {
                return false;
            }
        }
        return true;
    }

    private static boolean takesPictures(Layer conf) {
        return conf instanceof ConvolutionLayer
                || conf instanceof SubsamplingLayer
                || conf instanceof GlobalPoolingLayer
                || conf instanceof ZeroPaddingLayer
                || conf instanceof Cropping2D
                || conf instanceof Upsampling2D
                || conf instanceof LocalResponseNormalization
                || (conf instanceof PReLULayer prelu && prelu.getInputShape().length > 1);
    }

    private static boolean takesSequences(Layer conf) {
        return conf instanceof Convolution1DLayer || conf instanceof Subsampling1DLayer;
    }

    NetworkPlan read() {
        int last = configuration.getConfs().size() - 1;
        for (layer = 0; layer < last; layer++) {
            Layer conf = configuration.getConf(layer).getLayer();
            readPreProcessor(configuration.getInputPreProcess(layer));
            readLayer(conf);
            offset += conf.initializer().numParams(conf);
        }
        readPreProcessor(configuration.getInputPreProcess(last));
        Layer conf = configuration.getConf(last).getLayer();
        if (conf.getClass() != OutputLayer.class) {
            throw lacks(conf.getClass().getSimpleName() + " as the last layer");
        }
        return readOutput((OutputLayer) conf);
    }

    private void readPreProcessor(InputPreProcessor preProcessor) {
        if (preProcessor == null) {
            return;
        }
        if (preProcessor instanceof CnnToFeedForwardPreProcessor flatten && flatten.getFormat() == CNN2DFormat.NCHW) {
            stages.add(new Stage.Flatten());
            flat = true;
        } else if (preProcessor instanceof FeedForwardToCnnPreProcessor unflatten) {
            stages.add(new Stage.Unflatten(
                    unflatten.getNumChannels(), unflatten.getInputHeight(), unflatten.getInputWidth()));
            flat = false;
        } else if (!flat || !(preProcessor instanceof RnnToFeedForwardPreProcessor)) {
            // That leaves rows, which global pooling makes of sequences, as they are.
            throw lacks(preProcessor.getClass().getSimpleName());
        }
    }

    private void readLayer(Layer conf) {
        Class<?> type = conf.getClass();
        if (type == ConvolutionLayer.class) {
            readConvolution((ConvolutionLayer) conf, Stage.Convolution.Filters.DENSE);
        } else if (type == Convolution1DLayer.class) {
            readConvolutionOfSequence((Convolution1DLayer) conf);
        } else if (type == DepthwiseConvolution2D.class) {
            readConvolution((ConvolutionLayer) conf, Stage.Convolution.Filters.DEPTHWISE);
        } else if (type == SeparableConvolution2D.class) {
            readSeparable((SeparableConvolution2D) conf);
        } else if (type == SubsamplingLayer.class || type == Subsampling1DLayer.class) {
            readSubsampling((SubsamplingLayer) conf);
        } else if (type == GlobalPoolingLayer.class) {
            readGlobalPooling((GlobalPoolingLayer) conf);
        } else if (type == ZeroPaddingLayer.class) {
            readPadding((ZeroPaddingLayer) conf);
        } else if (type == Cropping2D.class) {
            readCropping((Cropping2D) conf);
        } else if (type == Upsampling2D.class) {
            readUpsampling((Upsampling2D) conf);
        } else if (type == DenseLayer.class) {
            readDense((DenseLayer) conf);
        } else if (type == BatchNormalization.class) {
            readNormalization((BatchNormalization) conf);
        } else if (type == LocalResponseNormalization.class) {
            readLocalNormalization((LocalResponseNormalization) conf);
        } else if (type == PReLULayer.class) {
            readPrelu((PReLULayer) conf);
        } else if (type == ActivationLayer.class) {
            addActivation(function(((ActivationLayer) conf).getActivationFn()), false);
        } else if (type == DropoutLayer.class) {
            addDropout(conf.getIDropout());
        } else {
            throw lacks(type.getSimpleName());
        }
    }

    private void readConvolution(ConvolutionLayer conf, Stage.Convolution.Filters kind) {
        addDropout(conf.getIDropout());
        // The initializers of all kinds put the bias first.
        addConvolution(conf, offset + biases(conf), conf.getNIn(), kind, window(conf));
    }

    private void readConvolutionOfSequence(Convolution1DLayer conf) {
        if (conf.getRnnDataFormat() != RNNFormat.NCW) {
            throw lacks("data format " + conf.getRnnDataFormat());
        }
        if (conf.getDilation()[0] > 1) {
            throw lacks("dilated convolution over sequences");
        }
        readConvolution(conf, Stage.Convolution.Filters.OF_SEQUENCE);
    }

    private void readSeparable(SeparableConvolution2D conf) {
        addDropout(conf.getIDropout());
        Window window = window(conf);
        long weights = offset + biases(conf);
        long maps = conf.getNIn() * conf.getDepthMultiplier();
        stages.add(new Stage.Convolution(
                weights,
                -1,
                conf.getNIn(),
                maps,
                Stage.Convolution.Filters.DEPTHWISE_OF_SEPARABLE,
                window,
                ElementwiseFunction.IDENTITY));
        long behind =
                weights + maps * window.kernel().height() * window.kernel().width();
        addConvolution(conf, behind, maps, Stage.Convolution.Filters.DENSE, Window.POINT);
    }

    private static long biases(ConvolutionLayer conf) {
        return conf.hasBias() ? conf.getNOut() : 0;
    }

    private void addConvolution(
            ConvolutionLayer conf, long weights, long channels, Stage.Convolution.Filters kind, Window window) {
        flat = false;
        ActivationFunction function = function(conf.getActivationFn());
        ElementwiseFunction fused = fused(function);
        long bias = conf.hasBias() ? offset : -1;
        stages.add(new Stage.Convolution(weights, bias, channels, conf.getNOut(), kind, window, fused));
        addActivation(function, function.equals(fused));
    }

    private void readSubsampling(SubsamplingLayer conf) {
        // Dropout set on a SubsamplingLayer does nothing in DL4J.
        Window window = window(
                conf.getKernelSize(),
                conf.getStride(),
                conf.getPadding(),
                conf.getDilation(),
                conf.getConvolutionMode(),
                conf.getCnn2dDataFormat());
        if (!window.dilation().equals(new Window.Pair(1, 1))) {
            throw lacks("dilated subsampling");
        }
        if (sequences && conf.getPadding()[0] > 0) {
            throw lacks("padded subsampling of sequences");
        }
        stages.add(new Stage.Pooling(
                kind(conf.getPoolingType(), conf.isAvgPoolIncludePadInDivisor()), Optional.of(window)));
    }

    private Stage.Pooling.Kind kind(PoolingType type, boolean countsPadding) {
        if (type == PoolingType.MAX) {
            return Stage.Pooling.Kind.MAX;
        } else if (type == PoolingType.AVG) {
            // The comments in DL4J's layer say the opposite of what its avgpool2d does with the flag.
            return countsPadding ? Stage.Pooling.Kind.MEAN_WITH_PADDING : Stage.Pooling.Kind.MEAN;
        }
        throw lacks("subsampling by " + type);
    }

    private void readGlobalPooling(GlobalPoolingLayer conf) {
        int[] dimensions = conf.getPoolingDimensions();
        if (dimensions != null && !Arrays.equals(dimensions, sequences ? new int[] {2} : new int[] {2, 3})) {
            throw lacks("global pooling over dimensions " + Arrays.toString(dimensions));
        }
        stages.add(new Stage.Pooling(kind(conf.getPoolingType(), false), Optional.empty()));
        flat = conf.isCollapseDimensions();
        if (flat) {
            stages.add(new Stage.Flatten());
        }
    }

    private void readPadding(ZeroPaddingLayer conf) {
        requireChannelsFirst(conf.getDataFormat());
        int[] sides = conf.getPadding();
        stages.add(new Stage.Padding(new Window.Pair(sides[0], sides[2]), new Window.Pair(sides[1], sides[3])));
    }

    private void readCropping(Cropping2D conf) {
        requireChannelsFirst(conf.getDataFormat());
        int[] sides = conf.getCropping();
        stages.add(new Stage.Padding(new Window.Pair(-sides[0], -sides[2]), new Window.Pair(-sides[1], -sides[3])));
    }

    private void readUpsampling(Upsampling2D conf) {
        requireChannelsFirst(conf.getFormat());
        addDropout(conf.getIDropout());
        stages.add(new Stage.Upsampling(Window.Pair.of(conf.getSize())));
    }

    private void readLocalNormalization(LocalResponseNormalization conf) {
        requireChannelsFirst(conf.getDataFormat());
        // DL4J takes as many neighbours on either side.
        int size = (int) conf.getN() / 2 * 2 + 1;
        stages.add(new Stage.LocalNormalization(
                size, (float) conf.getK(), (float) conf.getAlpha(), (float) conf.getBeta()));
    }

    private void readPrelu(PReLULayer conf) {
        addDropout(conf.getIDropout());
        long[] shape = conf.getInputShape();
        long slopes = conf.initializer().numParams(conf);
        if (slopes != shape[0]) {
            throw lacks("PReLU with other slopes than one for each channel or unit");
        }
        stages.add(new Stage.Prelu(offset, slopes));
    }

    private void readDense(DenseLayer conf) {
        if (conf.hasLayerNorm()) {
            throw lacks("layer normalisation");
        }
        addDropout(conf.getIDropout());
        flat = true;
        ActivationFunction function = function(conf.getActivationFn());
        long bias = conf.hasBias() ? offset + conf.getNIn() * conf.getNOut() : -1;
        ElementwiseFunction fused = fused(function);
        stages.add(new Stage.Dense(offset, bias, conf.getNIn(), conf.getNOut(), fused));
        addActivation(function, function.equals(fused));
    }

    private NetworkPlan readOutput(OutputLayer conf) {
        addDropout(conf.getIDropout());
        long bias = conf.hasBias() ? offset + conf.getNIn() * conf.getNOut() : -1;
        stages.add(new Stage.Dense(offset, bias, conf.getNIn(), conf.getNOut(), ElementwiseFunction.IDENTITY));
        flat = true;
        ActivationFunction activation = function(conf.getActivationFn());
        LossFunction loss = LossFunction.of(conf.getLossFn(), conf.getActivationFn(), activation)
                .orElseThrow(() -> lacks("loss " + conf.getLossFn()));
        return new NetworkPlan(stages, activation, loss, (int) conf.getNOut(), sequences);
    }

    private void readNormalization(BatchNormalization conf) {
        if (conf.getCnn2DFormat() != CNN2DFormat.NCHW && !flat) {
            throw lacks("data format " + conf.getCnn2DFormat());
        }
        if (sequences && !flat) { // which DL4J refuses
            throw lacks("batch normalisation of sequences");
        }
        // DL4J's own forward pass ignores fixed values other than these.
        if (conf.isLockGammaBeta() && (conf.getGamma() != 1 || conf.getBeta() != 0)) {
            throw lacks("batch normalisation with fixed gamma " + conf.getGamma() + " and beta " + conf.getBeta());
        }
        long channels = conf.getNOut();
        long gammaBeta = conf.isLockGammaBeta() ? -1 : offset;
        long mean = conf.isLockGammaBeta() ? offset : offset + 2 * channels;
        stages.add(new Stage.Normalization(
                channels, gammaBeta, mean, conf.getDecay(), (float) conf.getEps(), conf.isUseLogStd()));
    }

    private void addActivation(ActivationFunction function, boolean applied) {
        if (function instanceof Softmax) {
            stages.add(new Stage.Activation(flat ? Softmax.OF_UNITS : Softmax.OF_PIXEL_ROWS, false));
        } else if (!function.equals(ElementwiseFunction.IDENTITY)) {
            stages.add(new Stage.Activation(function, applied));
        }
    }

    /** What a convolution or a dense layer can apply by itself; the rest is left to the stage behind it. */
    private static ElementwiseFunction fused(ActivationFunction function) {
        boolean fusable = function instanceof ElementwiseFunction elementwise && elementwise.canBeFused();
        return fusable ? (ElementwiseFunction) function : ElementwiseFunction.IDENTITY;
    }

    private void addDropout(IDropout dropout) {
        if (dropout == null) {
            return;
        }
        if (dropout.getClass() != Dropout.class || ((Dropout) dropout).getPSchedule() != null) {
            throw lacks(
                    dropout instanceof Dropout
                            ? "dropout by a schedule"
                            : dropout.getClass().getSimpleName());
        }
        double retain = ((Dropout) dropout).getP();
        if (retain < 1) {
            stages.add(new Stage.Dropout(layer, retain));
        }
    }

    private ActivationFunction function(IActivation function) {
        Optional<? extends ActivationFunction> known = ActivationFunction.of(function);
        if (known.isEmpty()) {
            throw lacks("activation " + function);
        }
        return known.get();
    }

    private Window window(ConvolutionLayer conf) {
        return window(
                conf.getKernelSize(),
                conf.getStride(),
                conf.getPadding(),
                conf.getDilation(),
                conf.getConvolutionMode(),
                conf.getCnn2dDataFormat());
    }

    private void requireChannelsFirst(CNN2DFormat format) {
        if (format != CNN2DFormat.NCHW) {
            throw lacks("data format " + format);
        }
    }

    private Window window(
            int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode, CNN2DFormat format) {
        requireChannelsFirst(format);
        if (mode == ConvolutionMode.Causal) {
            throw lacks("convolution mode " + mode);
        }
        Window window = new Window(
                Window.Pair.of(kernel),
                Window.Pair.of(stride),
                Window.Pair.of(padding),
                Window.Pair.of(dilation),
                mode == ConvolutionMode.Same);
        return sequences ? window.alongSequence() : window;
    }

    private UnsupportedNetworkException lacks(String what) {
        return UnsupportedNetworkException.inLayer(layer, what);
    }
}
