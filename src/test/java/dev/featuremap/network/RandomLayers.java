package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.layers.feedforward.PReLU;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Small networks drawn from everything that experiment files can say of layers. */
public final class RandomLayers {
    private RandomLayers() {}

    /** A network for such data, with random parameters. */
    public static MultiLayerNetwork network(Random random, DataShape data) {
        NetworkSpec.Layers layers = Stream.generate(() -> next(random))
                .filter(drawn -> fits(drawn, data))
                .findFirst()
                .orElseThrow();
        return withRandomParameters(layers, data, random.nextLong());
    }

    /** A network of these layers, with random biases and running means and variances beside the weights it begins with. */
    public static MultiLayerNetwork withRandomParameters(NetworkSpec.Layers layers, DataShape data, long seed) {
        MultiLayerNetwork network =
                NetworkBuilder.network(NetworkBuilder.configuration(Sample.experiment(layers), data));
        Nd4j.getRandom().setSeed(seed);
        for (Layer layer : network.getLayers()) {
            layer.paramTable().forEach((name, parameter) -> {
                if (name.equals("var")) {
                    parameter.assign(
                            Nd4j.rand(DataType.FLOAT, parameter.shape()).addi(0.5));
                } else if (layer instanceof PReLU || !(name.equals("W") || name.equals("pW"))) {
                    parameter.assign(
                            Nd4j.randn(DataType.FLOAT, parameter.shape()).muli(0.2));
                }
            });
        }
        return network;
    }

    /** What only saved networks can say of these layers, for {@code [2, 13, 11]}: norms, other divisors, no biases, fixed gamma and beta. */
    public static MultiLayerNetwork onlySaved() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(4)
                .list()
                .layer(new BatchNormalization.Builder().useLogStd(true).build())
                .layer(new ConvolutionLayer.Builder(3, 2)
                        .nOut(4)
                        .hasBias(false)
                        .convolutionMode(ConvolutionMode.Same)
                        .build())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.PNORM, new int[] {3, 2})
                        .stride(2, 1)
                        .padding(1, 1)
                        .pnorm(3)
                        .build())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {3, 3})
                        .stride(1, 2)
                        .padding(1, 1)
                        .avgPoolIncludePadInDivisor(true)
                        .build())
                .layer(new BatchNormalization.Builder()
                        .useLogStd(false)
                        .lockGammaBeta(true)
                        .build())
                .layer(new DenseLayer.Builder().nOut(7).hasBias(false).build())
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(13, 11, 2))
                .build());
        network.init();
        network.getLayer(0).getParam("log10stdev").assign(-0.3);
        network.getLayer(4).getParam("var").assign(0.4);
        return network;
    }

    private static boolean fits(NetworkSpec.Layers layers, DataShape data) {
        try {
            ShapeTable.of(Sample.experiment(layers), data);
            return true;
        } catch (Failure refused) {
            return false;
        }
    }

    /** A network that may be refused: its windows need not fit. */
    static NetworkSpec.Layers next(Random random) {
        List<LayerSpec> layers = new ArrayList<>();
        for (int maps = random.nextInt(4); maps > 0; maps--) {
            layers.add(
                    switch (random.nextInt(6)) {
                        case 0 -> convolution(random);
                        case 1 -> subsampling(random);
                        case 2 -> depthwise(random);
                        case 3 -> separable(random);
                        case 4 -> onMapsOnly(random);
                        default -> other(random);
                    });
        }
        if (random.nextInt(3) == 0) {
            layers.add(new LayerSpec.GlobalPooling(pooling(random)));
        }
        for (int units = random.nextInt(3); units > 0; units--) {
            layers.add(
                    random.nextBoolean()
                            ? new LayerSpec.Dense(1 + random.nextInt(20), activation(random))
                            : other(random));
        }
        layers.add(Sample.output(3));
        return new NetworkSpec.Layers(layers);
    }

    private static LayerSpec convolution(Random random) {
        LayerSpec.Mode mode = mode(random);
        return new LayerSpec.Convolution(
                1 + random.nextInt(4),
                extent(random, 1, 4),
                extent(random, 1, 3),
                mode == LayerSpec.Mode.SAME ? Extent.square(0) : extent(random, 0, 2),
                extent(random, 1, 2),
                mode,
                activation(random));
    }

    private static LayerSpec depthwise(Random random) {
        LayerSpec.Mode mode = mode(random);
        return new LayerSpec.DepthwiseConvolution(
                1 + random.nextInt(3),
                extent(random, 1, 4),
                extent(random, 1, 3),
                mode == LayerSpec.Mode.SAME ? Extent.square(0) : extent(random, 0, 2),
                mode,
                activation(random));
    }

    private static LayerSpec separable(Random random) {
        LayerSpec.Mode mode = mode(random);
        return new LayerSpec.SeparableConvolution(
                1 + random.nextInt(4),
                extent(random, 1, 4),
                1 + random.nextInt(3),
                extent(random, 1, 3),
                mode == LayerSpec.Mode.SAME ? Extent.square(0) : extent(random, 0, 2),
                extent(random, 1, 2),
                mode,
                activation(random));
    }

    /** With so large an alpha that a share of it left away would be seen. */
    private static LayerSpec onMapsOnly(Random random) {
        return random.nextBoolean()
                ? new LayerSpec.ZeroPadding(extent(random, 0, 3), extent(random, 0, 3))
                : new LayerSpec.LocalResponseNormalization(1 + 2 * random.nextInt(3), 2, 0.5, 0.75);
    }

    private static LayerSpec.Pooling pooling(Random random) {
        return random.nextBoolean() ? LayerSpec.Pooling.MAX : LayerSpec.Pooling.AVG;
    }

    private static LayerSpec subsampling(Random random) {
        LayerSpec.Mode mode = mode(random);
        return new LayerSpec.Subsampling(
                pooling(random),
                extent(random, 1, 4),
                extent(random, 1, 3),
                mode == LayerSpec.Mode.SAME ? Extent.square(0) : extent(random, 0, 1),
                mode);
    }

    private static LayerSpec other(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new LayerSpec.Prelu(0.25);
            case 1 -> new LayerSpec.Dropout(0.5);
            case 2 -> new LayerSpec.BatchNormalization(0.9, 1e-5);
            default -> new LayerSpec.ActivationLayer(activation(random));
        };
    }

    private static Activation activation(Random random) {
        List<Activation> activations = List.of(Activation.values());
        return activations.get(random.nextInt(activations.size()));
    }

    private static LayerSpec.Mode mode(Random random) {
        List<LayerSpec.Mode> modes = List.of(LayerSpec.Mode.TRUNCATE, LayerSpec.Mode.STRICT, LayerSpec.Mode.SAME);
        return modes.get(random.nextInt(modes.size()));
    }

    private static Extent extent(Random random, int least, int most) {
        return new Extent(least + random.nextInt(most - least + 1), least + random.nextInt(most - least + 1));
    }
}
