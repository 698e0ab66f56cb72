package dev.featuremap.engine;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
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
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** A small network without dropout, drawn from a seed out of everything the executor knows, and batches for it. */
final class RandomNetwork {
    /** All that experiment files know, by the names they share with ND4J's. */
    private static final List<Activation> ACTIVATIONS = Stream.of(dev.featuremap.experiment.Activation.values())
            .map(activation -> Activation.valueOf(activation.name()))
            .toList();

    /** All that experiment files know. */
    private static final List<LossFunction> LOSSES = List.of(
            LossFunction.MSE,
            LossFunction.MEAN_ABSOLUTE_ERROR,
            LossFunction.L1,
            LossFunction.L2,
            LossFunction.MCXENT,
            LossFunction.NEGATIVELOGLIKELIHOOD,
            LossFunction.XENT,
            LossFunction.HINGE,
            LossFunction.SQUARED_HINGE,
            LossFunction.KL_DIVERGENCE,
            LossFunction.POISSON,
            LossFunction.MEAN_SQUARED_LOGARITHMIC_ERROR,
            LossFunction.MEAN_ABSOLUTE_PERCENTAGE_ERROR,
            LossFunction.COSINE_PROXIMITY);

    /** Of slope 1 at most; softmax is drawn beside them. */
    private static final List<Activation> GENTLE_ACTIVATIONS = List.of(
            Activation.IDENTITY,
            Activation.RELU,
            Activation.RELU,
            Activation.LEAKYRELU,
            Activation.TANH,
            Activation.SIGMOID);

    /** That of clipping: some layers' gradients are longer, some are not. */
    private static final double THRESHOLD = 0.1;

    /** Of local response normalisation; {@link SmoothNetworks} have a large one. ND4J's powers in float32 are good to six digits. */
    private static final double ALPHA = 0.01;

    /** What is added to a variance. DL4J's 1e-5 leaves rounding alone of what hardly varies among a few examples, in DL4J's float32 too. */
    private static final double EPSILON = 1e-3;

    /** Of labels. */
    private static final double SMOOTHING = 0.1;

    private final boolean gentle;
    private final Random random;
    private final int channels;
    private final int height;
    private final int width;
    private final int outputs;
    private final boolean flat;
    /** Of {@code height * width} values of each channel. */
    private final boolean sequences;

    private final LossFunction loss;
    private final MultiLayerConfiguration configuration;

    RandomNetwork(long seed) {
        this(seed, false);
    }

    /** One whose functions do not enlarge what an earlier rounding has done: no cubes, and no losses that divide. */
    static RandomNetwork gentle(long seed) {
        return new RandomNetwork(seed, true);
    }

    private RandomNetwork(long seed, boolean gentle) {
        this.gentle = gentle;
        sequences = new Random(~seed).nextInt(4) == 0;
        random = new Random(seed);
        channels = 1 + random.nextInt(3);
        height = 6 + random.nextInt(7);
        width = 6 + random.nextInt(7);
        outputs = 1 + random.nextInt(5);
        flat = random.nextInt(4) == 0;
        loss = drawn(gentle ? LOSSES.subList(0, 7) : LOSSES);
        configuration = configure();
    }

    MultiLayerConfiguration configuration() {
        return configuration;
    }

    private MultiLayerConfiguration configure() {
        var builder = new NeuralNetConfiguration.Builder()
                .seed(random.nextInt(1000) + 1)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.XAVIER)
                .biasInit(random.nextBoolean() ? 0 : 0.1)
                .updater(updater());
        GradientNormalization[] normalizations = GradientNormalization.values();
        int drawn = random.nextInt(60);
        builder.gradientNormalization(normalizations[Math.max(0, drawn / 6 - 4)])
                .gradientNormalizationThreshold(THRESHOLD);
        switch (drawn % 6) {
            case 0, 3 -> builder.l1(1e-3).l2(1e-2);
            case 1 -> builder.l1(1e-3).weightDecay(0.1, true).weightDecayBias(0.05, false);
            default -> {}
        }
        if (random.nextInt(4) == 0) {
            builder.biasUpdater(new Sgd(0.05)).l2Bias(1e-3);
        }
        var list = builder.list();
        list.validateOutputLayerConfig(false);
        if (sequences) {
            addSequenceLayers(list);
        } else if (random.nextInt(4) > 0) {
            addPictureLayers(list);
        }
        int dense = random.nextInt(3);
        for (int i = 0; i < dense; i++) {
            boolean softmax = gentle && random.nextInt(8) == 0;
            // Behind a global pool it would take out again what biases before the pool add.
            boolean normalized = !sequences && random.nextInt(5) == 0;
            int units = 2 + random.nextInt(20);
            list.layer(new DenseLayer.Builder()
                    .nOut(units)
                    .hasBias(!normalized && random.nextInt(4) > 0)
                    .activation(normalized ? Activation.IDENTITY : softmax ? Activation.SOFTMAX : activation())
                    .build());
            if (normalized) {
                list.layer(normalization());
                list.layer(new ActivationLayer(activation()));
            }
            if (random.nextInt(5) == 0) {
                list.layer(prelu().inputShape(units).build());
            }
        }
        list.layer(new OutputLayer.Builder(lossFunction())
                .nOut(outputs)
                .hasBias(random.nextInt(4) > 0)
                .activation(outputActivation())
                .build());
        MultiLayerConfiguration built = list.setInputType(inputType()).build();
        built.getConfs().forEach(conf -> leaveOut(conf.getLayer()));
        if (built.getConf(0).getLayer() instanceof Cropping2D) { // as the first layer, DL4J's fails with workspaces
            built.setTrainingWorkspaceMode(WorkspaceMode.NONE);
            built.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        }
        return built;
    }

    private InputType inputType() {
        if (sequences) {
            return InputType.recurrent(channels, (long) height * width);
        }
        return flat
                ? InputType.convolutionalFlat(height, width, channels)
                : InputType.convolutional(height, width, channels);
    }

    /** DL4J itself fails on the gradients of a batch normalisation's parameters where each is normalised by itself. */
    private static void leaveOut(Layer layer) {
        if (layer instanceof BatchNormalization normalization
                && GradientGroup.isOfOneParameter(normalization.getGradientNormalization())) {
            normalization.setGradientNormalization(GradientNormalization.None);
        }
    }

    private void addPictureLayers(NeuralNetConfiguration.ListBuilder list) {
        int h = height;
        int w = width;
        switch (random.nextInt(12)) {
            case 0 -> list.layer(normalization());
            case 1 -> {
                // DL4J's own output() fails on an activation of rows that become pictures behind it.
                if (!flat) {
                    list.layer(new ActivationLayer(activation()));
                }
            }
            case 2 -> {
                list.layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(1, 1)
                        .build());
                h--;
                w--;
            }
            case 3 -> {
                list.layer(new Cropping2D(0, 1, 1, 0));
                h--;
                w--;
            }
            case 4 -> {
                list.layer(upsampling(1, 2));
                w *= 2;
            }
            default -> {}
        }
        int c = channels;
        int layers = 1 + random.nextInt(3);
        for (int i = 0; i < layers && h >= 4 && w >= 4; i++) {
            boolean normalized = random.nextInt(4) == 0;
            // Without padding: zeros among inputs of mean 0 would lie on the very edge of a ReLU.
            boolean same = !normalized && random.nextBoolean();
            int kernel = 1 + random.nextInt(3);
            int stride = 1 + random.nextInt(Math.min(2, kernel));
            boolean depthwise = random.nextInt(4) == 0;
            int dilation = !depthwise && stride == 1 && Math.min(h, w) >= 6 && random.nextInt(4) == 0 ? 2 : 1;
            int padding = same || normalized ? 0 : random.nextInt(2);
            ConvolutionLayer.BaseConvBuilder<?> convolution =
                    convolution(depthwise, c, new int[] {kernel, kernel}, new int[] {stride, stride});
            c = convolution instanceof DepthwiseConvolution2D.Builder each
                    ? c * each.getDepthMultiplier()
                    : (int) convolution.getNOut();
            list.layer(convolution
                    .padding(padding, padding)
                    .dilation(dilation, dilation)
                    .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                    .hasBias(!normalized && random.nextInt(4) > 0)
                    .activation(normalized ? Activation.IDENTITY : activation())
                    .build());
            int reach = kernel + (kernel - 1) * (dilation - 1);
            h = same ? (h + stride - 1) / stride : (h + 2 * padding - reach) / stride + 1;
            w = same ? (w + stride - 1) / stride : (w + 2 * padding - reach) / stride + 1;
            if (normalized) {
                list.layer(normalization());
                list.layer(new ActivationLayer(activation()));
            }
            switch (random.nextInt(8)) {
                case 0 -> {
                    if (!normalized) {
                        list.layer(new ZeroPaddingLayer(1, 0, 2, 1));
                        h++;
                        w += 3;
                    }
                }
                case 1 ->
                    list.layer(prelu().inputShape(c, 1, 1).sharedAxes(2, 3).build());
                case 2 -> {
                    int summed = 2 * random.nextInt(Math.min(c, 3)) + 1;
                    // Others enlarge the rounding of ND4J's powers.
                    if (gentle) {
                        list.layer(new LocalResponseNormalization.Builder(2, summed, ALPHA, 0.75).build());
                    }
                }
                case 3 -> {
                    int rows = 1 + random.nextInt(3);
                    list.layer(upsampling(rows, 2));
                    h *= rows;
                    w *= 2;
                }
                case 4 -> {
                    if (h >= 3 && w >= 4) {
                        list.layer(new Cropping2D(1, 0, 2, 1));
                        h--;
                        w -= 3;
                    }
                }
                default -> {}
            }
            if (random.nextBoolean() && h >= 3 && w >= 3) {
                boolean pooledSame = random.nextBoolean();
                int pool = 2 + random.nextInt(2);
                list.layer(new SubsamplingLayer.Builder(
                                random.nextInt(3) > 0
                                        ? SubsamplingLayer.PoolingType.MAX
                                        : SubsamplingLayer.PoolingType.AVG)
                        .kernelSize(pool, pool)
                        .stride(2, 2)
                        .padding(pooledSame ? 0 : pool - 2, pooledSame ? 0 : pool - 2)
                        .convolutionMode(pooledSame ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                        .avgPoolIncludePadInDivisor(random.nextBoolean())
                        .build());
                h = pooledSame ? (h + 1) / 2 : (h + 2 * (pool - 2) - pool) / 2 + 1;
                w = pooledSame ? (w + 1) / 2 : (w + 2 * (pool - 2) - pool) / 2 + 1;
            }
        }
        if (random.nextInt(4) == 0) {
            list.layer(new GlobalPoolingLayer(random.nextBoolean() ? PoolingType.MAX : PoolingType.AVG));
        }
    }

    private void addSequenceLayers(NeuralNetConfiguration.ListBuilder list) {
        int layers = 1 + random.nextInt(3);
        int length = height * width;
        for (int i = 0; i < layers && length > 8; i++) {
            boolean same = random.nextBoolean();
            int stride = 1 + random.nextInt(2);
            int filters = drawn(List.of(3, 5, 8, 16, 32));
            list.layer(new Convolution1DLayer.Builder(1 + random.nextInt(4), stride, same ? 0 : random.nextInt(2))
                    .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                    .nOut(filters)
                    .hasBias(random.nextInt(4) > 0)
                    .activation(activation())
                    .build());
            if (random.nextInt(4) == 0) {
                list.layer(prelu().inputShape(filters, 1).sharedAxes(2).build());
            }
            length /= stride;
            if (random.nextBoolean()) {
                boolean pooledSame = random.nextBoolean();
                int pool = 2 + random.nextInt(3);
                int step = 1 + random.nextInt(pool);
                list.layer(new Subsampling1DLayer.Builder(
                                random.nextBoolean()
                                        ? SubsamplingLayer.PoolingType.MAX
                                        : SubsamplingLayer.PoolingType.AVG,
                                pool,
                                step)
                        .convolutionMode(pooledSame ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                        .avgPoolIncludePadInDivisor(random.nextBoolean())
                        .build());
                length /= step;
            }
        }
        list.layer(new GlobalPoolingLayer(random.nextBoolean() ? PoolingType.MAX : PoolingType.AVG));
    }

    /** ND4J fails on separable convolutions of one channel, and on depthwise ones with dilation. */
    private ConvolutionLayer.BaseConvBuilder<?> convolution(
            boolean depthwise, int channels, int[] kernel, int[] stride) {
        int[] filters = {3, 5, 8, 16, 32};
        int drawn = filters[random.nextInt(filters.length)];
        if (depthwise) {
            return new DepthwiseConvolution2D.Builder(kernel, stride).depthMultiplier(1 + random.nextInt(3));
        } else if (channels > 1 && random.nextInt(3) == 0) {
            return new SeparableConvolution2D.Builder(kernel, stride)
                    .depthMultiplier(1 + random.nextInt(2))
                    .nOut(drawn);
        }
        return new ConvolutionLayer.Builder(kernel, stride).nOut(drawn);
    }

    private static Upsampling2D upsampling(int... rowsAndColumns) {
        return new Upsampling2D.Builder().size(rowsAndColumns).build();
    }

    private static PReLULayer.Builder prelu() {
        return new PReLULayer.Builder().weightInit(new ConstantDistribution(0.25));
    }

    private BatchNormalization normalization() {
        return new BatchNormalization.Builder()
                .decay(0.8)
                .eps(EPSILON)
                .useLogStd(random.nextBoolean())
                .lockGammaBeta(random.nextInt(4) == 0)
                .build();
    }

    private Activation activation() {
        return drawn(gentle ? GENTLE_ACTIVATIONS : ACTIVATIONS);
    }

    private <T> T drawn(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Activation outputActivation() {
        return switch (loss) {
            case MCXENT, NEGATIVELOGLIKELIHOOD -> random.nextInt(4) == 0 ? Activation.SIGMOID : Activation.SOFTMAX;
            case XENT -> random.nextInt(4) == 0 ? Activation.SOFTMAX : Activation.SIGMOID;
            case KL_DIVERGENCE, POISSON, MEAN_SQUARED_LOGARITHMIC_ERROR ->
                drawn(List.of(Activation.SOFTMAX, Activation.SIGMOID, Activation.SOFTPLUS));
            default -> gentle && random.nextInt(4) == 0 ? Activation.SOFTMAX : activation();
        };
    }

    private IUpdater updater() {
        int drawn = random.nextInt(20);
        if (drawn == 18) {
            return new Sgd(new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.05, 1, 0.1, 3, 0.08, 6, 0.02)));
        }
        return switch (drawn % 10) {
            case 0 -> new Sgd(0.05);
            case 1 -> new Nesterovs(0.02, 0.9);
            case 2 -> new Adam(1e-3);
            case 3 -> new AMSGrad(1e-3);
            case 4 -> new Nadam(1e-3);
            case 5 -> new RmsProp(1e-3);
            case 6 -> new AdaGrad(1e-2);
            case 7 -> new AdaDelta();
            case 8 -> new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.1, 0.5, 3));
            default -> new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 2e-3, 0.9));
        };
    }

    /** Random features in −1..1 and labels that suit the loss. */
    DataSet batch(int examples, long seed) {
        Random values = new Random(seed);
        float[] pixels = new float[examples * channels * height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = values.nextFloat() * 2 - 1;
        }
        INDArray features = Nd4j.createFromArray(pixels);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, outputs);
        for (int i = 0; i < examples; i++) {
            int marked = values.nextInt(outputs);
            for (int j = 0; j < outputs; j++) {
                labels.putScalar(i, j, label(j == marked, values));
            }
        }
        if (sequences) {
            return new DataSet(features.reshape(examples, channels, (long) height * width), labels);
        }
        return new DataSet(
                flat
                        ? features.reshape(examples, (long) channels * height * width)
                        : features.reshape(examples, channels, height, width),
                labels);
    }

    /** With weights of the outputs where they are weights of classes, in half of the networks. */
    private ILossFunction lossFunction() {
        boolean weighted =
                outputs % 2 == 1 && (loss == LossFunction.MCXENT || loss == LossFunction.NEGATIVELOGLIKELIHOOD);
        INDArray weights = Nd4j.linspace(DataType.FLOAT, 0.5, 0.7, outputs).reshape(1, outputs);
        if (!weighted) {
            return loss.getILossFunction();
        }
        return loss == LossFunction.MCXENT ? new LossMCXENT(weights) : new LossNegativeLogLikelihood(weights);
    }

    private double label(boolean marked, Random values) {
        return switch (loss) {
            case MCXENT, NEGATIVELOGLIKELIHOOD -> (marked ? 1 - SMOOTHING : 0) + SMOOTHING / outputs;
            case KL_DIVERGENCE -> marked ? 1 : 0;
            case XENT -> values.nextInt(2);
            case HINGE, SQUARED_HINGE -> marked ? 1 : -1;
            case POISSON -> values.nextInt(4);
            case MEAN_SQUARED_LOGARITHMIC_ERROR -> Math.abs(values.nextGaussian());
            case MEAN_ABSOLUTE_PERCENTAGE_ERROR -> 0.5 + values.nextDouble();
            default -> values.nextGaussian();
        };
    }

    @Override
    public String toString() {
        return configuration.toYaml();
    }
}
