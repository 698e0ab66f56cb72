package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.data.Datasets;
import dev.featuremap.engine.Engine;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.network.NotFiniteException;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunHistory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import dev.featuremap.run.TrainingState;
import java.util.Iterator;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The one training loop: batches from DataVec into the engine, scores at each epoch's end into the run directory, checkpoints on
 * the way.
 *
 * <p>Everything it knows between two steps is its {@link TrainingState} and the network, and everything random comes from (seed,
 * epoch, step): so from a checkpoint it goes on to the very bits it would have come to without a stop.
 */
public final class Trainer {
    private final Experiment experiment;
    private final TrainingSpec training;
    private final Datasets data;
    private final Engine engine;
    private final RunDirectory run;
    private final TrainingWatcher watcher;
    private final Stop stop;
    private final Evaluator evaluator;
    private final CheckpointSaver checkpoints;
    private final int stepsPerEpoch;

    private final Improvement best;
    private final Optional<Improvement> watched;
    private int epoch;
    private int nextBatch;
    private long steps;
    private double seconds;
    private double epochSeconds;
    private Scores test;
    private TrainingState.Kept kept;

    /** Where a training begins or goes on, and what it was made with until there. */
    public record Start(TrainingState state, RunHistory history) {}

    /** Who is told of a training, and who may ask for its end. */
    public record Outside(TrainingWatcher watcher, Stop stop) {}

    public Trainer(
            Experiment experiment, Datasets data, Engine engine, RunDirectory run, Start start, Outside outside) {
        this.experiment = experiment;
        this.training = experiment.training();
        this.data = data;
        this.engine = engine;
        this.run = run;
        this.watcher = outside.watcher;
        this.stop = outside.stop;
        this.evaluator = new Evaluator(data.shape(), data.signedLabels());
        this.checkpoints = new CheckpointSaver(training.checkpoint(), run, start.history);
        this.stepsPerEpoch = training.stepsPerEpoch(data.train().size());

        TrainingState state = start.state;
        best = new Improvement(training.keepBestBy(), 0, state.best());
        watched = training.earlyStopping()
                .map(stopping -> new Improvement(stopping.metric(), stopping.minDelta(), state.watched()));
        epoch = state.epoch();
        nextBatch = state.nextBatch();
        steps = state.step();
        seconds = state.seconds();
        epochSeconds = state.epochSeconds();
        test = state.test();
        kept = state.kept();
    }

    /**
     * Trains to the end, and writes metrics, checkpoints and the model.
     *
     * @return what {@code result.json} is to say
     * @throws Failure (diverged) when a loss is not a finite number; {@code result.json} then says so, and neither a model nor
     *     a checkpoint holds what came of that step; (interrupted, terminated) when that was asked for and all is saved
     */
    public RunResult train() {
        try (checkpoints;
                Stop.Listening listening = stop.listen()) {
            while (epoch <= training.epochs() && !hasStoppedEarly() && !isAbandoned()) {
                trainEpoch();
                scoreEpoch();
            }
            return result(status(), writeModel());
        }
    }

    /** What is left of one pass over the training data. */
    private void trainEpoch() {
        DataSetIterator batches = training.shuffle()
                ? data.train().shuffled(training.batchSize(), experiment.seed(), epoch, nextBatch)
                : data.train().inOrderFrom(training.batchSize(), nextBatch);
        try (ReadAhead ahead = new ReadAhead(batches)) {
            train(ahead);
        }
    }

    private void train(Iterator<DataSet> batches) {
        long start = System.nanoTime();
        double before = epochSeconds;
        while (batches.hasNext()) {
            DataSet batch = batches.next();
            double loss = engine.step(batch, StepSeed.of(experiment.seed(), steps));
            Batches.close(batch);
            steps++;
            nextBatch++;
            refuseDivergence(loss);
            checkpoints.trained(steps);
            watcher.stepped(epoch, nextBatch, stepsPerEpoch, loss);
            epochSeconds = before + (System.nanoTime() - start) / 1e9;
            if (nextBatch == stepsPerEpoch) {
                engine.endEpoch();
            } else if (checkpoints.isDue(steps)) {
                save();
            }
            endIfAsked();
        }
    }

    /** The scores of both splits at an epoch's end, and what follows from them. */
    private void scoreEpoch() {
        int trainSample = Math.min(training.trainMetricExamples(), data.train().size());
        Scores train =
                evaluator.score(engine, data.train().inOrder(Evaluator.BATCH_SIZE, trainSample), this::endIfAsked);
        test = evaluator.score(engine, data.test().inOrder(Evaluator.BATCH_SIZE), this::endIfAsked);
        refuseDivergence(train.loss());
        double speed = data.train().size() / epochSeconds;
        run.metrics().addEpoch(epoch, steps, train, test, epochSeconds, speed);
        watcher.epochEnded(epoch, train, test, epochSeconds, speed);

        boolean isKept = training.keepBest() && best.isBest(epoch, test);
        if (isKept) {
            kept = new TrainingState.Kept(epoch, steps, test);
        }
        watched.ifPresent(metric -> metric.isBest(epoch, test));
        seconds += epochSeconds;
        epochSeconds = 0;
        nextBatch = 0;
        epoch++;
        if (isKept || checkpoints.isDueAtEpochEnd(steps)) {
            save();
        }
    }

    private boolean hasStoppedEarly() {
        return watched.filter(metric -> metric.state() != null
                        && metric.epochsSince(epoch - 1)
                                >= training.earlyStopping().orElseThrow().patience())
                .isPresent();
    }

    /** Whether it is behind with epochs left to train. */
    private boolean isAbandoned() {
        return epoch <= training.epochs()
                && training.abandon()
                        .filter(abandon -> Abandonment.isBehind(abandon, run.metricsRows(), epoch - 1))
                        .isPresent();
    }

    private String status() {
        if (hasStoppedEarly()) {
            return RunResult.STOPPED_EARLY;
        }
        return isAbandoned() ? RunResult.ABANDONED : RunResult.DONE;
    }

    /** Ends here, with everything until here in a checkpoint, when that was asked for. */
    private void endIfAsked() {
        stop.requested().ifPresent(kind -> {
            save();
            throw new Failure(
                    kind,
                    "stopped after step " + steps + " (epoch " + epochOfLastStep() + " of " + training.epochs()
                            + "), which is saved",
                    "go on with: featuremap train --resume " + run.path());
        });
    }

    private void save() {
        try {
            checkpoints.save(
                    new TrainingState(
                            epoch,
                            nextBatch,
                            steps,
                            seconds,
                            epochSeconds,
                            test,
                            best.state(),
                            watched.map(Improvement::state).orElse(null),
                            kept),
                    engine.network());
        } catch (NotFiniteException e) {
            throw diverged(e.getMessage());
        }
    }

    private int epochOfLastStep() {
        return nextBatch == 0 ? Math.max(1, epoch - 1) : epoch;
    }

    private void refuseDivergence(double loss) {
        if (!Double.isFinite(loss)) {
            throw diverged("the loss is " + loss);
        }
    }

    private Failure diverged(String what) {
        run.writeResult(result(RunResult.DIVERGED, kept == null ? null : writeModel()));
        return new Failure(
                Failure.Kind.DIVERGED,
                "training diverged: " + what + " at step " + steps + " (epoch " + epochOfLastStep()
                        + ") with learning rate "
                        + engine.network().getLearningRate(engine.network().getnLayers() - 1),
                "lower training.updater.learningRate, or choose a loss and an output activation that suit each other");
    }

    /** Writes the best epoch's model where the best is kept, else the last's. */
    private MultiLayerNetwork writeModel() {
        MultiLayerNetwork network = kept == null
                ? engine.network()
                : run.checkpoints().at(kept.step()).model();
        run.writeModel(network);
        return network;
    }

    /** @param model what {@code model.zip} holds; null when there is none */
    private RunResult result(String status, MultiLayerNetwork model) {
        long examples = (epoch - 1L) * data.train().size();
        return new RunResult(
                experiment.name(),
                experiment.seed(),
                status,
                data.shape(),
                epoch - 1,
                steps,
                kept == null ? null : kept.epoch(),
                model == null ? null : kept == null ? test : kept.test(),
                new RunResult.Training(engine.name(), seconds, seconds > 0 ? examples / seconds : 0),
                model == null ? null : ModelArchive.parametersSha256(model),
                run.path().toString());
    }
}
