package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.UpdaterSpec;
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

/** What an experiment says about a saved network: the seed always, loss and updater when it names them. */
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
        experiment.loss().ifPresent(loss -> replaceLoss(output, loss));
        checkOutput(network, output);
        return network;
    }

    private static void update(Layer layer, UpdaterSpec updater) {
        if (layer instanceof BaseLayer base) {
            base.setIUpdater(Updaters.updater(updater));
            base.setBiasUpdater(null);
        } else if (layer instanceof AbstractSameDiffLayer sameDiff) {
            sameDiff.setUpdater(Updaters.updater(updater));
            sameDiff.setBiasUpdater(null);
        } else if (layer instanceof BaseWrapperLayer wrapper) {
            update(wrapper.getUnderlying(), updater);
        } else if (layer instanceof FrozenLayer frozen) {
            update(frozen.getLayer(), updater);
        } else if (layer instanceof Bidirectional bidirectional) {
            update(bidirectional.getFwd(), updater);
            update(bidirectional.getBwd(), updater);
        }
    }

    private static void replaceLoss(Layer output, Loss loss) {
        if (output instanceof BaseOutputLayer layer) {
            layer.setLossFn(Losses.function(loss));
        } else {
            ((LossLayer) output).setLossFn(Losses.function(loss));
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
