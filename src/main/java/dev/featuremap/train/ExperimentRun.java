package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.backend.Backend;
import dev.featuremap.data.DataFolder;
import dev.featuremap.engine.Engines;
import dev.featuremap.experiment.ClassWeights;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.Losses;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.run.Checkpoint;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunHistory;
import dev.featuremap.run.RunLog;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import dev.featuremap.run.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole way of one run: experiment → data → network → engine → {@link Trainer} → run directory. */
public final class ExperimentRun {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentRun.class);

    private final Workspace workspace;
    private final TrainingSite site;
    private final StopRequest stop;

    /** Runs that nobody stops. */
    public ExperimentRun(Workspace workspace, DataFolder dataFolder) {
        this(workspace, dataFolder, new StopRequest());
    }

    public ExperimentRun(Workspace workspace, DataFolder dataFolder, StopRequest stop) {
        this(workspace, experiment -> OpenedData.of(experiment, dataFolder), stop);
    }

    /** Runs whose training is done elsewhere. */
    public ExperimentRun(Workspace workspace, TrainingSite site, StopRequest stop) {
        this.workspace = workspace;
        this.site = site;
        this.stop = stop;
    }

    /**
     * Trains and evaluates an experiment into a fresh run directory.
     *
     * @throws dev.featuremap.Failure with the reason and the remedy; whatever is in the directory then is whole, and where no
     *     step was trained the directory is gone
     */
    public RunResult run(Experiment experiment, RunDirectory run, TrainingWatcher watcher) {
        try (DirectoryLock held = DirectoryLock.of(run.path())) {
            try (RunLog log = new RunLog(run.logFile())) {
                run.writeExperiment(experiment);
                run.goBackTo(Optional.empty());
                return logged(run, () -> run(Resumption.none(experiment), run, () -> {}, watcher));
            } catch (Failure failed) {
                run.removeUnlessTrained(); // With the lock still held: later the folder may be another's.
                throw failed;
            }
        }
    }

    /**
     * Tries, before anything is written, what every run like this one begins with: the backend and the data.
     *
     * @throws dev.featuremap.Failure with the reason and the remedy
     */
    public void tryStart(Experiment experiment) {
        Backend.start();
        site.open(experiment);
    }

    /**
     * Goes on with a run that was stopped, from its newest sound checkpoint, to the result it would have come to.
     *
     * @param overrides {@code key=value}: the number of epochs and when checkpoints are saved may change
     * @throws dev.featuremap.Failure as {@link #run(Experiment, RunDirectory, TrainingWatcher)}; (usage) when the run has ended
     */
    public RunResult resume(RunDirectory run, List<String> overrides, TrainingWatcher watcher) {
        try (DirectoryLock lock = DirectoryLock.of(run.path())) {
            ExperimentFile.Changed experiment = run.changed(overrides);
            try (RunLog log = new RunLog(run.logFile())) {
                return logged(run, () -> {
                    Resumption from = Resumption.of(run, experiment);
                    return run(from, run, () -> goOn(from, run, watcher), watcher);
                });
            }
        }
    }

    /** What changes in the directory of a run that is gone on with, once nothing stands in the way of that. */
    private static void goOn(Resumption from, RunDirectory run, TrainingWatcher watcher) {
        run.removeResult();
        run.goBackTo(from.checkpoint());
        if (from.isChanged()) {
            run.writeExperiment(from.experiment());
        }
        LOG.info("resumed at step {}; {} steps are trained again", from.state().step(), from.lostSteps());
        watcher.resumed(from.state().epoch(), from.state().step(), from.lostSteps());
    }

    /** The run's log tells why it did not come to its end; at a level that leaves telling the terminal to the caller. */
    private static RunResult logged(RunDirectory run, Supplier<RunResult> training) {
        try {
            return training.get();
        } catch (RuntimeException | Error failed) {
            LOG.info("ended before its end: {}", String.valueOf(failed.getMessage()));
            if (failed instanceof Failure) {
                DirectoryLock.check(run.path()); // whatever failed in a folder that is another's by now, failed by that
            }
            throw failed;
        }
    }

    /** @param begins is called when the data, the network and the engine are there, before anything is trained */
    private RunResult run(Resumption from, RunDirectory run, Runnable begins, TrainingWatcher watcher) {
        Experiment experiment = from.experiment();
        watcher.began(experiment);
        Backend backend = Backend.start();
        LOG.info("{} on {}", experiment.name(), backend);
        TrainingSite.Data data = site.open(experiment);
        TrainingSite.Facts facts = data.facts();
        watcher.dataOpened(facts.trainExamples(), facts.validationExamples());
        MultiLayerNetwork network =
                from.checkpoint().map(Checkpoint::network).orElseGet(() -> fresh(experiment, facts));
        Optional<MultiLayerNetwork> averaged = from.checkpoint().flatMap(Checkpoint::averaged);
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        int stepsPerEpoch = facts.stepsPerEpoch(experiment.training(), configuration);
        NetworkBuilder.checkSchedule(experiment, stepsPerEpoch);
        from.requireSteps(stepsPerEpoch);

        RunResult result;
        RunHistory history;
        TrainingSpec.Engine choice = experiment.training().engine();
        try (Learner learner = data.learner(network, averaged)) {
            history = from.history(facts.fileHashes(), learner.engine(), learner.threads());
            begins.run();
            if (from.checkpoint().isEmpty()) {
                run.writeNetwork(configuration);
            }
            if (run.modelInput().isEmpty()) {
                // Measured when the run ends: what is needed until then is what the pictures and classes are.
                run.writeModelInput(MeasuredInput.assumed(experiment.data(), facts.shape()));
            }
            watcher.engineChosen(
                    learner.engine(),
                    choice == TrainingSpec.Engine.AUTO ? Engines.whyNotOneDnn(configuration) : Optional.empty());
            if (facts.leavesOneOut(experiment.training(), configuration)) {
                watcher.noted(
                        "each epoch leaves out its last batch, which is of one example: the network's batch normalisation"
                                + " of units needs 2 or more");
            }
            Trainer.Start start = new Trainer.Start(from.state(), history);
            result = new Trainer(experiment, facts, learner, run, start, new Trainer.Outside(watcher, stop)).train();
            if (result.bestEpoch() == null) {
                result = finished(learner, result, experiment, run);
            }
        }
        if (result.bestEpoch() != null) {
            // The learner has gone on since the best epoch: what is told is what model.zip answers.
            try (Learner best = data.learner(run.model(result.parametersSha256()), Optional.empty())) {
                result = finished(best, result, experiment, run);
            }
        }
        run.writeProvenance(Provenance.of(
                        workspace.sources(),
                        backend,
                        facts.fileHashes(),
                        experiment.seed(),
                        experiment.training().precision().word(),
                        Instant.parse(history.start()),
                        Instant.now())
                .resumedAt(history.resumedAtSteps()));
        // Last of all: a run with a result has ended, and nothing of it is missing.
        run.writeResult(result);
        LOG.info("{}", result);
        watcher.ended(run);
        return result;
    }

    /** What the model that is kept answers, and its scores on test data that were not watched: their one measurement. */
    private static RunResult finished(Learner kept, RunResult result, Experiment experiment, RunDirectory run) {
        kept.writePredictions(run);
        if (result.test() != null || !experiment.training().measureTest()) {
            return result;
        }
        Scores test = kept.scoreTest();
        if (!Double.isFinite(test.loss())) {
            throw new Failure(
                    Failure.Kind.DIVERGED,
                    "the loss on the test data is " + test.loss(),
                    "lower training.updater.learningRate, or choose a loss and an output activation that suit each other");
        }
        int epoch = result.bestEpoch() == null ? result.epochs() : result.bestEpoch();
        run.metrics().addTest(epoch, result.steps() / result.epochs() * epoch, test);
        return result.withTest(test);
    }

    /** Refuses to balance a class against others that has no example. */
    private static void checkClasses(Experiment experiment, TrainingSite.Facts data) {
        int empty = data.classCounts().indexOf(0);
        boolean balanced = experiment
                .training()
                .classWeights()
                .filter(ClassWeights::isBalanced)
                .isPresent();
        if (balanced && empty >= 0) {
            throw Failure.usage(
                    "training.classWeights: balanced needs a training example of each class; class "
                            + data.shape().classNames().get(empty) + " has none",
                    "Train on more examples, or give a number for each class.");
        }
    }

    private static MultiLayerNetwork fresh(Experiment experiment, TrainingSite.Facts data) {
        checkClasses(experiment, data);
        MultiLayerConfiguration configuration =
                NetworkBuilder.configuration(experiment.withClassCounts(data.classCounts()), data.shape());
        int batchSize = experiment.training().batchSize();
        NetworkBuilder.checkBatch(configuration, data.shape(), Math.min(batchSize, data.trainExamples()));
        Losses.checkValues(configuration, data.zeros());
        return NetworkBuilder.network(configuration);
    }
}
