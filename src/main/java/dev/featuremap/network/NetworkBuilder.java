package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.UpdaterSpec;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;

/** From an experiment to a DL4J network for features {@code [n, channels, height, width]} in float32. */
public final class NetworkBuilder {
    private NetworkBuilder() {}

    /**
     * The network of an experiment for pictures of the given shape.
     *
     * @throws Failure of kind usage for a described network, or model for a saved one, when the network cannot be or
     *     does not fit the data
     */
    public static MultiLayerConfiguration configuration(Experiment experiment, DataShape data) {
        if (experiment.network() instanceof NetworkSpec.Layers layers) {
            return described(experiment, layers, data);
        }
        NetworkSpec.Saved saved = (NetworkSpec.Saved) experiment.network();
        MultiLayerConfiguration network = Overrides.apply(SavedNetwork.read(Path.of(saved.saved())), experiment);
        MultiLayerConfiguration fitted = SavedShapes.withPreProcessors(network, data);
        SavedShapes.table(fitted, data);
        return fitted;
    }

    /** A network with its weights drawn from the configuration's seed; the configuration itself is not changed. */
    public static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
        Backend.start();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
        network.init();
        return network;
    }

    /** Whether a network's loss wants class labels of −1 and +1 instead of 0 and 1. */
    public static boolean wantsSignedLabels(MultiLayerConfiguration network) {
        Layer last = network.getConf(network.getConfs().size() - 1).getLayer();
        return last instanceof BaseOutputLayer output
                && (output.getLossFn() instanceof LossHinge || output.getLossFn() instanceof LossSquaredHinge);
    }

    /**
     * Refuses a learning-rate schedule that ends before the training does.
     *
     * @param stepsPerEpoch batches in one epoch
     * @throws Failure of kind usage naming the schedule's length and the training's
     */
    public static void checkSchedule(Experiment experiment, long stepsPerEpoch) {
        int epochs = experiment.training().epochs();
        experiment
                .training()
                .updater()
                .flatMap(Updaters::learningRate)
                .ifPresent(rate -> LearningRates.checkLength(rate, Math.multiplyExact(stepsPerEpoch, epochs), epochs));
    }

    private static MultiLayerConfiguration described(
            Experiment experiment, NetworkSpec.Layers network, DataShape data) {
        Loss loss = experiment.loss().orElseThrow();
        UpdaterSpec updater = experiment.training().updater().orElseThrow();
        DescribedShapes.table(network, data);
        Losses.checkActivation(
                loss, network.output().activation(), network.layers().size() - 1);
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(experiment.seed())
                .dataType(DataType.FLOAT)
                .updater(Updaters.updater(updater))
                .weightInit(WeightInit.valueOf(network.weightInit().name()))
                .biasInit(network.biasInit())
                .l1(network.l1())
                .l2(network.l2())
                .list();
        for (LayerSpec layer : network.layers()) {
            list.layer(layer(layer, loss));
        }
        return list.setInputType(InputType.convolutional(data.height(), data.width(), data.channels()))
                .build();
    }

    private static Layer layer(LayerSpec layer, Loss loss) {
        if (layer instanceof LayerSpec.Convolution convolution) {
            return new ConvolutionLayer.Builder()
                    .nOut(convolution.filters())
                    .kernelSize(pair(convolution.kernel()))
                    .stride(pair(convolution.stride()))
                    .padding(pair(convolution.padding()))
                    .dilation(pair(convolution.dilation()))
                    .convolutionMode(mode(convolution.mode()))
                    .activation(activation(convolution.activation()))
                    .build();
        }
        if (layer instanceof LayerSpec.Subsampling subsampling) {
            return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.valueOf(
                            subsampling.pooling().name()))
                    .kernelSize(pair(subsampling.size()))
                    .stride(pair(subsampling.stride()))
                    .padding(pair(subsampling.padding()))
                    .convolutionMode(mode(subsampling.mode()))
                    .build();
        }
        if (layer instanceof LayerSpec.Dropout dropout) {
            return new DropoutLayer(retained(dropout.rate()));
        }
        if (layer instanceof LayerSpec.Dense dense) {
            return new DenseLayer.Builder()
                    .nOut(dense.units())
                    .activation(activation(dense.activation()))
                    .build();
        }
        if (layer instanceof LayerSpec.BatchNormalization normalization) {
            return new BatchNormalization.Builder()
                    .decay(normalization.decay())
                    .eps(normalization.epsilon())
                    .build();
        }
        if (layer instanceof LayerSpec.ActivationLayer activation) {
            return new ActivationLayer(activation(activation.function()));
        }
        LayerSpec.Output output = (LayerSpec.Output) layer;
        return new OutputLayer.Builder(Losses.function(loss))
                .nOut(output.units())
                .activation(activation(output.activation()))
                .build();
    }

    /** DL4J's dropout takes the probability to retain; 0.9 forgotten is 0.1 retained, not 0.09999999999999998. */
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
