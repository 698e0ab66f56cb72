package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.ClassWeights;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.GradientNormalization;
import dev.featuremap.experiment.UpdaterSpec;
import java.util.function.Consumer;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.util.OutputLayerUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** What an experiment says about a saved network: the seed always, loss, updater and gradient normalisation when it names them. */
final class Overrides {
    private Overrides() {}

    /** Changes and returns the configuration: a fresh float32 network at step 0, epoch 0. */
    static MultiLayerConfiguration apply(MultiLayerConfiguration network, Experiment experiment) {
        network.setDataType(DataType.FLOAT);
        network.setIterationCount(0);
        network.setEpochCount(0);
        for (NeuralNetConfiguration layer : network.getConfs()) {
            layer.setSeed(experiment.seed());
            layer.setDataType(DataType.FLOAT);
            layer.setIterationCount(0);
            experiment.training().updater().ifPresent(updater -> update(layer.getLayer(), updater));
        }
        Layer output = network.getConf(network.getConfs().size() - 1).getLayer();
        if (!(output instanceof BaseOutputLayer || output instanceof LossLayer)) {
            throw Failure.model(
                    "the saved network ends in " + output.getClass().getSimpleName() + ", which computes no loss",
                    "Save a network that ends in DL4J's OutputLayer or LossLayer.");
        }
        experiment.loss().ifPresent(loss -> replaceLoss(output, Losses.function(loss)));
        checkOutput(network, output);
        return network;
    }

    /** Has every layer normalise its gradient so. */
    static void normalizeGradients(MultiLayerConfiguration network, GradientNormalization how) {
        for (NeuralNetConfiguration layer : network.getConfs()) {
            change(
                    layer.getLayer(),
                    base -> GradientNormalizations.set(base, how),
                    sameDiff -> GradientNormalizations.set(sameDiff, how));
        }
    }

    private static void update(Layer layer, UpdaterSpec updater) {
        change(
                layer,
                base -> {
                    base.setIUpdater(Updaters.updater(updater));
                    base.setBiasUpdater(null);
                },
                sameDiff -> {
                    sameDiff.setUpdater(Updaters.updater(updater));
                    sameDiff.setBiasUpdater(null);
                });
    }

    /** Changes a layer, or those that it wraps. */
    private static void change(Layer layer, Consumer<BaseLayer> base, Consumer<AbstractSameDiffLayer> sameDiff) {
        if (layer instanceof BaseLayer found) {
            base.accept(found);
        } else if (layer instanceof AbstractSameDiffLayer found) {
            sameDiff.accept(found);
        } else if (layer instanceof BaseWrapperLayer wrapper) {
            change(wrapper.getUnderlying(), base, sameDiff);
        } else if (layer instanceof FrozenLayer frozen) {
            change(frozen.getLayer(), base, sameDiff);
        } else if (layer instanceof Bidirectional bidirectional) {
            change(bidirectional.getFwd(), base, sameDiff);
            change(bidirectional.getBwd(), base, sameDiff);
        }
    }

    /**
     * Has the network's loss multiplied by these weights, example by example by its class.
     *
     * @throws Failure of kind usage when the loss has none, or there are not as many as classes
     */
    static void weighClasses(MultiLayerConfiguration network, ClassWeights weights, DataShape data) {
        Layer output = network.getConf(network.getConfs().size() - 1).getLayer();
        ILossFunction plain = Losses.function(network).orElseThrow();
        if (!weights.isBalanced() && weights.values().size() != data.outputs()) {
            throw Failure.usage(
                    "training.classWeights: found " + weights.values().size() + " numbers; the data have "
                            + data.outputs() + " classes",
                    "Give a number for each class, or balanced.");
        }
        replaceLoss(output, Losses.weighted(plain, weights));
    }

    private static void replaceLoss(Layer output, ILossFunction function) {
        if (output instanceof BaseOutputLayer layer) {
            layer.setLossFn(function);
        } else {
            ((LossLayer) output).setLossFn(function);
        }
    }

    /** The check DL4J makes when it draws the weights, made before and said in one line. */
    private static void checkOutput(MultiLayerConfiguration network, Layer output) {
        if (!network.isValidateOutputLayerConfig()) {
            return;
        }
        try {
            OutputLayerUtil.validateOutputLayer(output.getLayerName(), output);
        } catch (DL4JInvalidConfigException e) {
            throw new Failure(
                    Failure.Kind.MODEL,
                    "the saved network's output: its activation does not go with its loss or its number of units",
                    "Use softmax with mcxent, sigmoid with xent, or another loss; a softmax needs 2 units or more.",
                    e);
        }
    }
}
