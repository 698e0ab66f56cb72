package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.network.NotFiniteException;
import dev.featuremap.network.StepLearningRate;
import dev.featuremap.run.Checkpoint;
import dev.featuremap.run.EpochScores;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunHistory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import dev.featuremap.run.StepLog;
import dev.featuremap.run.StepRow;
import dev.featuremap.run.TrainingState;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The one training loop: a learner takes batch after batch, scores go into the run directory at each epoch's end, checkpoints on
 * the way.
 *
 * <p>Everything it knows between two steps is its {@link TrainingState} and the network, and everything random comes from (seed,
 * epoch, step): so from a checkpoint it goes on to the very bits it would have come to without a stop.
 */
public final class Trainer {
    private static final long NANOSECONDS_BETWEEN_LOOKS = 1_000_000_000;

    private final Experiment experiment;
    private final TrainingSpec training;
    private final TrainingSite.Facts data;
    private final Learner learner;
    private final RunDirectory run;
    private final TrainingWatcher watcher;
    private final StopRequest stop;
    private final CheckpointSaver checkpoints;
    private final int stepsPerEpoch;
    private final StepLearningRate learningRate;

    private final Improvement best;
    private final Optional<Improvement> watched;
    private int epoch;
    private int nextBatch;
    private long steps;
    private double seconds;
    private double epochSeconds;
    private Scores latest;
    private TrainingState.Kept kept;
    private long looked = System.nanoTime();

    /** Where a training begins or goes on, and what it was made with until there. */
    public record Start(TrainingState state, RunHistory history) {}

    /** Who is told of a training, and who may ask for its end. */
    public record Outside(TrainingWatcher watcher, StopRequest stop) {}

    public Trainer(
            Experiment experiment,
            TrainingSite.Facts data,
            Learner learner,
            RunDirectory run,
            Start start,
            Outside outside) {
        this.experiment = experiment;
        this.training = experiment.training();
        this.data = data;
        this.learner = learner;
        this.run = run;
        this.watcher = outside.watcher;
        this.stop = outside.stop;
        MultiLayerConfiguration network = learner.network().getLayerWiseConfigurations();
        this.stepsPerEpoch = data.stepsPerEpoch(training, network);
        this.learningRate = StepLearningRate.of(network);
        this.checkpoints =
                new CheckpointSaver(training.checkpoint(), run, start.history, start.state.step(), stepsPerEpoch);

        TrainingState state = start.state;
        best = new Improvement(training.keepBestBy(), 0, state.best());
        watched = training.earlyStopping()
                .map(stopping -> new Improvement(stopping.metric(), stopping.minDelta(), state.watched()));
        epoch = state.epoch();
        nextBatch = state.nextBatch();
        steps = state.step();
        seconds = state.seconds();
        epochSeconds = state.epochSeconds();
        latest = state.scores();
        kept = state.kept();
    }

    /**
     * Trains to the end, and writes metrics, checkpoints and the model.
     *
     * @return what {@code result.json} is to say, but for the scores on test data that were not watched
     * @throws Failure (diverged) when a loss is not a finite number; {@code result.json} then says so, and neither a model nor
     *     a checkpoint holds what came of that step; (interrupted, terminated) when that was asked for and all is saved
     */
    public RunResult train() {
        try (checkpoints;
                StepLog log = run.steps();
                StopRequest.Listening listening = stop.listen()) {
            if (steps == 0) {
                keepEpoch();
            }
            while (epoch <= training.epochs() && !hasStoppedEarly() && !isAbandoned()) {
                trainEpoch();
                scoreEpoch();
            }
            return result(status(), writeModel());
        }
    }

    /** What is left of one pass over the training data. */
    private void trainEpoch() {
        long start = System.nanoTime();
        double before = epochSeconds;
        while (nextBatch < stepsPerEpoch) {
            Learner.Trained trained = learner.train(epoch, nextBatch, steps);
            steps += trained.batches();
            nextBatch += trained.batches();
            refuseDivergence(trained.loss());
            checkpoints.trained(steps);
            run.steps().add(new StepRow(steps, trained.loss(), learningRate.after(steps - 1, epoch - 1)));
            watcher.stepped(epoch, nextBatch, stepsPerEpoch, trained.loss());
            epochSeconds = before + (System.nanoTime() - start) / 1e9;
            if (nextBatch == stepsPerEpoch) {
                learner.endEpoch();
                run.steps().flush();
            } else if (checkpoints.isDue()) {
                save();
            }
            endIfAsked();
        }
    }

    /** The scores at an epoch's end, and what follows from them. */
    private void scoreEpoch() {
        EpochScores scores = learner.score(training.trainMetricExamples(), this::endIfAsked);
        latest = scores.watched();
        refuseDivergence(scores.train().loss());
        refuseDivergence(latest.loss());
        double speed = data.trainExamples() / epochSeconds;
        run.metrics().addEpoch(epoch, steps, scores, epochSeconds, speed);
        watcher.epochEnded(epoch, scores, epochSeconds, speed);

        boolean isKept = training.keepBest() && best.isBest(epoch, latest);
        if (isKept) {
            kept = new TrainingState.Kept(epoch, steps, latest);
        }
        watched.ifPresent(metric -> metric.isBest(epoch, latest));
        seconds += epochSeconds;
        epochSeconds = 0;
        nextBatch = 0;
        epoch++;
        keepEpoch();
        if (isKept || checkpoints.isDueAtEpochEnd()) {
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
                        .filter(abandon ->
                                Abandonment.isBehind(abandon, run.metrics().rows(), epoch - 1))
                        .isPresent();
    }

    private RunStatus status() {
        if (hasStoppedEarly()) {
            return RunStatus.STOPPED_EARLY;
        }
        return isAbandoned() ? RunStatus.ABANDONED : RunStatus.DONE;
    }

    /** Ends here, with everything until here in a checkpoint, when that was asked for. */
    private void endIfAsked() {
        lookForRequest();
        stop.requested().ifPresent(kind -> {
            save();
            throw new Failure(
                    kind,
                    "stopped after step " + steps + " (epoch " + epochOfLastStep() + " of " + training.epochs()
                            + "), which is saved",
                    "go on with: featuremap train --resume " + run.path());
        });
    }

    /** Hears whether the end was asked for in the run's directory, by another process. */
    private void lookForRequest() {
        long now = System.nanoTime();
        if (now - looked >= NANOSECONDS_BETWEEN_LOOKS) {
            looked = now;
            if (run.isAskedToStop()) {
                stop.request(Failure.Kind.TERMINATED);
            }
        }
    }

    private void keepEpoch() {
        try {
            checkpoints.keepEpoch(epoch - 1, () -> networks().model());
        } catch (NotFiniteException e) {
            throw diverged(e.getMessage());
        }
    }

    private void save() {
        run.steps().flush();
        try {
            checkpoints.save(
                    new TrainingState(
                            epoch,
                            nextBatch,
                            steps,
                            seconds,
                            epochSeconds,
                            latest,
                            best.state(),
                            watched.map(Improvement::state).orElse(null),
                            kept),
                    networks());
        } catch (NotFiniteException e) {
            throw diverged(e.getMessage());
        }
    }

    private Checkpoint.Networks networks() {
        return new Checkpoint.Networks(learner.network(), learner.averaged());
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
        run.steps().flush();
        run.writeResult(result(RunStatus.DIVERGED, kept == null ? null : writeModel()));
        return new Failure(
                Failure.Kind.DIVERGED,
                "training diverged: " + what + " at step " + steps + " (epoch " + epochOfLastStep()
                        + ") with learning rate "
                        + learner.network().getLearningRate(learner.network().getnLayers() - 1),
                "lower training.updater.learningRate, or choose a loss and an output activation that suit each other");
    }

    /** Writes the best epoch's model where the best is kept, else the last's. */
    private MultiLayerNetwork writeModel() {
        MultiLayerNetwork network = kept == null
                ? networks().model()
                : run.checkpoints().at(kept.step()).model();
        run.writeModel(network);
        return network;
    }

    /** @param model what {@code model.zip} holds; null when there is none */
    private RunResult result(RunStatus status, MultiLayerNetwork model) {
        long examples = (epoch - 1L) * data.trainExamples();
        Scores scores = model == null ? null : kept == null ? latest : kept.scores();
        boolean validated = data.watched() == Split.VALIDATION;
        return new RunResult(
                experiment.name(),
                experiment.seed(),
                status,
                data.shape(),
                epoch - 1,
                steps,
                kept == null ? null : kept.epoch(),
                RunResult.chosenBy(training),
                validated ? scores : null,
                validated ? null : scores,
                new RunResult.Training(
                        learner.engine(), training.precision().word(), seconds, seconds > 0 ? examples / seconds : 0),
                model == null ? null : ModelArchive.parametersSha256(model),
                run.path().toString());
    }
}
