package dev.featuremap.train;

import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.Engines;
import dev.featuremap.engine.WeightAverage;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.NetworkBuilder;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** An experiment's data, read into this process, as its training is to see it. */
public final class OpenedData implements TrainingSite.Data {
    private final Experiment experiment;
    private final Datasets data;

    private OpenedData(Experiment experiment, Datasets data) {
        this.experiment = experiment;
        this.data = data;
    }

    /** The splits of an experiment's data: held out for validation what the experiment says, then its label noise. */
    static Datasets splits(Experiment experiment, DataFolder dataFolder) {
        long seed = experiment.seed();
        TrainingSpec training = experiment.training();
        Datasets data = Datasets.open(experiment.data(), seed, dataFolder);
        if (training.validationFold().isPresent()) {
            data = data.withValidation(training.validationFold().get(), seed);
        } else if (training.hasValidation()) {
            data = data.withValidation(training.validationShare().get(), seed);
        }
        return data.withLabelNoise(experiment.data().labelNoise(), seed);
    }

    /** Opens the data as training is to see them. */
    public static OpenedData of(Experiment experiment, DataFolder dataFolder) {
        Engines.requireInstructions(experiment.training().precision());
        return new OpenedData(experiment, splits(experiment, dataFolder));
    }

    @Override
    public TrainingSite.Facts facts() {
        return new TrainingSite.Facts(
                data.shape(),
                data.train().size(),
                data.has(Split.VALIDATION) ? data.split(Split.VALIDATION).size() : 0,
                data.fileHashes(),
                data.zeros(),
                data.train().classCounts());
    }

    static DataSetIterator batches(Experiment experiment, Datasets data, int epoch, int firstBatch) {
        TrainingSpec training = experiment.training();
        ExampleSet examples = data.train().augmented(experiment.data().augment(), experiment.seed(), epoch);
        return training.shuffle()
                ? examples.shuffled(training.batchSize(), experiment.seed(), epoch, firstBatch)
                : examples.inOrderFrom(training.batchSize(), firstBatch);
    }

    /** A learner with the engine the experiment chooses, with all native threads. */
    @Override
    public EngineLearner learner(MultiLayerNetwork network, Optional<MultiLayerNetwork> averaged) {
        TrainingSpec training = experiment.training();
        Engine engine = Engines.open(training.engine(), training.precision(), network);
        if (training.emaDecay().isEmpty()) {
            return learner(network, engine);
        }
        MultiLayerNetwork model = averaged.orElseGet(network::clone);
        Engine scoring = Engines.open(training.engine(), TrainingSpec.Precision.F32, model);
        Optional<NormalizationStatistics> statistics = NormalizationStatistics.of(
                model, one -> Engines.open(training.engine(), TrainingSpec.Precision.F32, one));
        WeightAverage average = new WeightAverage(training.emaDecay().get(), model);
        return new EngineLearner(
                experiment,
                labelled(network),
                engine,
                Optional.of(new EngineLearner.Averaged(average, scoring, statistics)));
    }

    /** A learner with a given engine, which becomes its own, and without an average of weights. */
    public EngineLearner learner(MultiLayerNetwork network, Engine engine) {
        return new EngineLearner(experiment, labelled(network), engine, Optional.empty());
    }

    private Datasets labelled(MultiLayerNetwork network) {
        return data.withLabels(NetworkBuilder.wantsSignedLabels(network.getLayerWiseConfigurations()));
    }
}
