package dev.featuremap.train;

import dev.featuremap.backend.Backend;
import dev.featuremap.data.BatchMemory;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.SampleSheet;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.NetworkState;
import dev.featuremap.engine.StepSeed;
import dev.featuremap.engine.WeightAverage;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.run.EpochScores;
import dev.featuremap.run.Mistakes;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Scores;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Trains and scores with one engine in this process: batches from DataVec into the engine, one at a time. */
public final class EngineLearner implements Learner {
    private static final int VARIED_EPOCHS = 3;
    private static final int VARIED_EXAMPLES = 16;
    /** Examples that the normalisations of averaged weights are measured on: the whole batches among so many, or one batch. */
    private static final int MEASURED = 2048;

    private final Experiment experiment;
    private final Datasets data;
    private final Engine engine;
    private final Evaluator evaluator;
    private final Optional<Averaged> averaged;
    /** Whether the average has not been brought to its engine since the last step. */
    private boolean ahead;

    /** The batches that come next, while they are asked for in their order. */
    private ReadAhead batches;

    private int epochOfBatches;
    private int nextBatch;

    /**
     * The average of the weights, and what scores it.
     *
     * @param engine of a network of its own
     * @param statistics of its normalisations, if it has any
     */
    record Averaged(WeightAverage average, Engine engine, Optional<NormalizationStatistics> statistics) {}

    EngineLearner(Experiment experiment, Datasets data, Engine engine, Optional<Averaged> averaged) {
        this.averaged = averaged;
        this.experiment = experiment;
        this.data = data;
        this.engine = engine;
        this.evaluator = new Evaluator(data.shape());
    }

    @Override
    public String engine() {
        return engine.name();
    }

    @Override
    public int threads() {
        return Backend.start().threads();
    }

    @Override
    public Trained train(int epoch, int firstBatch, long steps) {
        if (batches == null || epoch != epochOfBatches || firstBatch != nextBatch) {
            endBatches();
            batches = new ReadAhead(OpenedData.batches(experiment, data, epoch, firstBatch));
        }
        DataSet batch = batches.next();
        smooth(batch.getLabels());
        double loss = engine.step(batch, StepSeed.of(experiment.seed(), steps));
        averaged.ifPresent(one -> engine.addTo(one.average, steps + 1));
        ahead = true;
        BatchMemory.free(batch);
        epochOfBatches = epoch;
        nextBatch = firstBatch + 1;
        return new Trained(1, loss);
    }

    /** Of K classes, {@code (1 − share) · label + share/K} (Szegedy et al. 2016). */
    private void smooth(INDArray labels) {
        double share = experiment.training().labelSmoothing();
        if (share > 0) {
            labels.muli(1 - share).addi(share / labels.size(1));
        }
    }

    private void endBatches() {
        if (batches != null) {
            batches.close();
            batches = null;
        }
    }

    @Override
    public void endEpoch() {
        endBatches();
        engine.endEpoch();
        ahead = true;
    }

    @Override
    public EpochScores score(int trainExamples, Runnable between) {
        return new EpochScores(
                score(Split.TRAIN, trainExamples, between),
                data.watched(),
                score(data.watched(), Integer.MAX_VALUE, between));
    }

    @Override
    public Scores scoreTest() {
        return score(Split.TEST, Integer.MAX_VALUE, () -> {});
    }

    /**
     * Scores one split.
     *
     * @param most how many of its examples, from the first
     * @param between is run now and then
     */
    public Scores score(Split split, int most, Runnable between) {
        return evaluator.score(scoring(), data.split(split).inOrder(Evaluator.BATCH_SIZE, most), between);
    }

    @Override
    public MultiLayerNetwork network() {
        return engine.network();
    }

    @Override
    public Optional<MultiLayerNetwork> averaged() {
        return averaged.map(one -> scoring().network());
    }

    /** The engine of what is scored and kept, as of the last step. */
    private Engine scoring() {
        averaged.filter(one -> ahead).ifPresent(one -> {
            NetworkState.of(engine.network()).writeTo(one.engine.network());
            one.average.writeTo(one.engine.network());
            one.statistics.ifPresent(
                    statistics -> statistics.measure(one.engine.network(), measured(), experiment.seed()));
            one.engine.reload();
            ahead = false;
        });
        return averaged.map(Averaged::engine).orElse(engine);
    }

    /** Training examples as they are, not varied: those that the network is to meet are not. */
    private Iterator<DataSet> measured() {
        int size = experiment.training().batchSize();
        DataSetIterator examples = data.train().shuffled(size, experiment.seed(), 1);
        int batches = Math.max(1, Math.min(MEASURED, data.train().size()) / size);
        return Stream.generate(examples::next).limit(batches).iterator();
    }

    /** What the network holds now. */
    public NetworkState state() {
        return NetworkState.of(engine.network());
    }

    /** Goes on from another state of the network. */
    public void replaceState(NetworkState state) {
        state.writeTo(engine.network());
        engine.reload();
    }

    @Override
    public void writePredictions(RunDirectory run) {
        Split split = experiment.training().measureTest() ? Split.TEST : Split.VALIDATION;
        TestPredictions.of(scoring(), data.shape(), data.split(split)).writeTo(run);
        run.writeModelInput(MeasuredInput.of(experiment.data(), data));
        writeAugmented(run);
    }

    /** The first training examples as they are, and as the first epochs varied them. */
    private void writeAugmented(RunDirectory run) {
        Augmentation augment = experiment.data().augment();
        if (augment.isAny()) {
            List<ExampleSet> rows = new ArrayList<>(List.of(data.train()));
            for (int epoch = 1;
                    epoch <= Math.min(VARIED_EPOCHS, experiment.training().epochs());
                    epoch++) {
                rows.add(data.train().augmented(augment, experiment.seed(), epoch));
            }
            run.writeAugmented(SampleSheet.strip(rows, VARIED_EXAMPLES, Mistakes.LARGEST_SIDE));
        }
    }

    @Override
    public void close() {
        endBatches();
        averaged.ifPresent(one -> {
            one.statistics.ifPresent(NormalizationStatistics::close);
            one.engine.close();
        });
        engine.close();
    }
}
