package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.UpdaterSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** From an experiment to a DL4J network for features {@code [n, channels, height, width]} in float32. */
public final class NetworkBuilder {
    private NetworkBuilder() {}

    /**
     * The network of an experiment for pictures of the given shape. Balanced class weights are left away until they are numbers, see
     * {@link Experiment#withClassCounts}.
     *
     * @throws Failure of kind usage for a described network, or model for a saved one, when the network cannot be or
     *     does not fit the data
     */
    public static MultiLayerConfiguration configuration(Experiment experiment, DataShape data) {
        MultiLayerConfiguration network = plainConfiguration(experiment, data);
        if (experiment.training().labelSmoothing() > 0 && wantsSignedLabels(network)) {
            throw Failure.usage(
                    "training.labelSmoothing: found " + experiment.training().labelSmoothing()
                            + ", but the loss takes labels of -1 and +1, which are no probabilities",
                    "Set training.labelSmoothing=0, or another loss such as mcxent.");
        }
        experiment.training().classWeights().ifPresent(weights -> Overrides.weighClasses(network, weights, data));
        experiment.training().gradientNormalization().ifPresent(how -> Overrides.normalizeGradients(network, how));
        return network;
    }

    private static MultiLayerConfiguration plainConfiguration(Experiment experiment, DataShape data) {
        if (experiment.network() instanceof NetworkSpec.Layers layers) {
            return configuration(
                    layers,
                    experiment.loss().orElseThrow(),
                    experiment.training().updater().orElseThrow(),
                    experiment.seed(),
                    data);
        }
        NetworkSpec.Saved saved = (NetworkSpec.Saved) experiment.network();
        MultiLayerConfiguration network =
                Overrides.apply(SavedNetwork.read(RegularFiles.named(Path.of(saved.saved()))), experiment);
        MultiLayerConfiguration fitted = SavedShapes.withPreProcessors(network, data);
        SavedShapes.table(fitted, data);
        Losses.checkSaved(fitted, experiment, data);
        return fitted;
    }

    /**
     * How many examples a batch needs: 2 where a batch normalisation sees one number per channel and example, whose mean over a
     * batch of one is the number itself, so that nothing of it is left; else 1. Over feature maps, the pixels of one example will do.
     */
    public static int leastExamples(MultiLayerConfiguration network, DataShape data) {
        boolean normalizes =
                network.getConfs().stream().anyMatch(conf -> conf.getLayer() instanceof BatchNormalization);
        return normalizes
                        && ShapeTable.of(network, data).rows().stream()
                                .anyMatch(NetworkBuilder::normalizesSingleNumbers)
                ? 2
                : 1;
    }

    private static boolean normalizesSingleNumbers(ShapeTable.Row row) {
        return row.type().equals(BatchNormalization.class.getSimpleName())
                && (!(row.output() instanceof Shape.Maps maps) || maps.height() * maps.width() == 1);
    }

    /**
     * Refuses a training whose every batch is too small for its batch normalisation.
     *
     * @throws Failure of kind usage with the size of a batch
     */
    public static void checkBatch(MultiLayerConfiguration network, DataShape data, int examples) {
        if (examples < leastExamples(network, data)) {
            throw Failure.usage(
                    "training: found batches of 1 example; the network's batch normalisation of units needs 2 or more, as one"
                            + " example minus its own mean is 0",
                    "set training.batchSize=2 or more and give 2 training examples or more, or leave that layer away");
        }
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
        return Losses.function(network)
                .flatMap(Losses::loss)
                .filter(Loss::wantsSignedLabels)
                .isPresent();
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
                .flatMap(UpdaterSpec::rate)
                .ifPresent(rate -> LearningRates.checkLength(rate, Math.multiplyExact(stepsPerEpoch, epochs), epochs));
    }

    /**
     * A described network for pictures of the given shape.
     *
     * @throws Failure of kind usage when the network cannot be or does not fit the data
     */
    public static MultiLayerConfiguration configuration(
            NetworkSpec.Layers network, Loss loss, UpdaterSpec updater, long seed, DataShape data) {
        ShapeTable shapes = DescribedShapes.table(network, loss, data);
        Losses.checkActivation(
                loss, network.output().activation(), network.layers().size() - 1);
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .updater(Updaters.updater(updater))
                .weightInit(WeightInit.valueOf(network.weightInit().name()))
                .biasInit(network.biasInit())
                .l1(network.l1())
                .l2(network.l2())
                .list();
        for (int i = 0; i < network.layers().size(); i++) {
            list.layer(KnownLayer.of(network.layers().get(i), loss).layer(shapes.input(i)));
        }
        MultiLayerConfiguration built = list.setInputType(
                        InputType.convolutional(data.height(), data.width(), data.channels()))
                .build();
        decayWeights(built, network.weightDecay());
        return built;
    }

    /** In each layer's own configuration: of DL4J's builder each would get the decay twice, as its LayerValidation adds it again. */
    private static void decayWeights(MultiLayerConfiguration network, double coefficient) {
        for (NeuralNetConfiguration conf : network.getConfs()) {
            if (coefficient > 0 && conf.getLayer() instanceof BaseLayer layer) {
                List<Regularization> regularization = new ArrayList<>(layer.getRegularization());
                regularization.add(new WeightDecay(coefficient, true));
                layer.setRegularization(regularization);
            }
        }
    }
}
