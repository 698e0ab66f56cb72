package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.Checkpoint;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunHistory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.TrainingState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stopped run goes on with, once it is known that it may.
 *
 * @param experiment the run's own, with what may change changed
 * @param isChanged whether anything did
 * @param checkpoint empty when the run was stopped before its first
 * @param lostSteps trained after the checkpoint, as far as known: they are trained again
 */
record Resumption(Experiment experiment, boolean isChanged, Optional<Checkpoint> checkpoint, long lostSteps) {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

    private static final String EPOCHS = "training.epochs";

    /** The start of a run that has not begun. */
    static Resumption none(Experiment experiment) {
        return new Resumption(experiment, false, Optional.empty(), 0);
    }

    /**
     * Checks a directory's run, which must be locked.
     *
     * @param experiment the run's own, and what it is to be
     * @throws Failure (usage) when the run has ended, or something is to change that may not; (model) when all its checkpoints
     *     are damaged, or its files contradict each other
     */
    static Resumption of(RunDirectory run, ExperimentFile.Changed experiment) {
        Experiment recorded = experiment.recorded();
        Experiment asked = experiment.asked();
        refuseChanges(recorded, asked, "the run was made with");
        if (run.hasResult()) {
            refuseEnded(run, asked);
        }
        Optional<Checkpoint> checkpoint = run.checkpoints().newest();
        checkpoint.ifPresent(newest -> {
            String source = newest.folder() + "/state.json";
            refuseChanges(newest.history().experiment(source), asked, newest.folder() + " was saved with");
            refuseOtherHeldOut(newest, asked);
            refuseFewerEpochs(newest, asked);
        });
        run.requireConsistent();
        long saved = checkpoint.map(there -> there.training().step()).orElse(0L);
        return new Resumption(
                asked,
                !asked.equals(recorded),
                checkpoint,
                Math.max(0, run.checkpoints().lastTrainedStep() - saved));
    }

    /**
     * Makes sure that the checkpoint is of epochs as long as the data's.
     *
     * @throws Failure (model) with what it says
     */
    void requireSteps(long stepsPerEpoch) {
        TrainingState state = state();
        if (state.nextBatch() > stepsPerEpoch || state.stepsPerEpoch().orElse(stepsPerEpoch) != stepsPerEpoch) {
            throw Failure.model(
                    checkpoint.orElseThrow().folder() + "/state.json: step " + state.step() + ", batch "
                            + state.nextBatch()
                            + " of epoch " + state.epoch() + ", but the data makes " + stepsPerEpoch
                            + " batches an epoch",
                    "take another copy of the run, or train it again");
        }
    }

    TrainingState state() {
        return checkpoint.map(Checkpoint::training).orElse(TrainingState.START);
    }

    /**
     * The history of the run from here on.
     *
     * @throws Failure (data) when the data's files are not those the run began with
     */
    RunHistory history(SortedMap<String, String> dataSha256, String engine, int threads) {
        String printed = ExperimentFile.print(experiment);
        if (checkpoint.isEmpty()) {
            return RunHistory.begin(printed, dataSha256, engine, threads);
        }
        RunHistory before = checkpoint.get().history();
        DataFiles.requireSame(before.dataSha256(), dataSha256, "bring the old data back, or train anew on this data");
        if (!before.engine().equals(engine) || before.threads() != threads) {
            LOG.warn(
                    "begun with engine {} on {} threads, gone on with {} on {}: the last digits will not be those of an unbroken run",
                    before.engine(),
                    before.threads(),
                    engine,
                    threads);
        }
        return before.resumed(printed, engine, threads, state().step());
    }

    private static void refuseChanges(Experiment there, Experiment asked, String with) {
        Map<String, String> before = RunHistory.lasting(there);
        Map<String, String> after = RunHistory.lasting(asked);
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<String> changes = keys.stream()
                .filter(key -> !String.valueOf(before.get(key)).equals(String.valueOf(after.get(key))))
                .map(key -> key + ": " + with + " " + before.getOrDefault(key, "nothing") + ", asked for is "
                        + after.getOrDefault(key, "nothing"))
                .toList();
        if (!changes.isEmpty()) {
            throw Failure.usage(
                    String.join("; ", changes),
                    "a run goes on as it began, only " + EPOCHS
                            + " and training.checkpoint.* may change: leave the others as they were, or train anew");
        }
    }

    private static void refuseEnded(RunDirectory run, Experiment asked) {
        RunResult result = run.result();
        if (result.status() == RunStatus.DIVERGED) {
            throw Failure.usage(
                    run.path() + " holds a run that diverged; going on, it would again",
                    "train anew with a lower training.updater.learningRate");
        }
        if (result.status() == RunStatus.STOPPED_EARLY) {
            throw Failure.usage(
                    run.path() + " holds a run that training.earlyStopping ended after epoch " + result.epochs(),
                    "train anew with more patience");
        }
        if (asked.training().epochs() <= result.epochs()) {
            throw Failure.usage(
                    run.path() + " holds a run that is done: all of its " + result.epochs() + " epochs are trained",
                    "add " + EPOCHS + "=" + (result.epochs() + 1) + " or more to train it further");
        }
    }

    private static void refuseOtherHeldOut(Checkpoint newest, Experiment asked) {
        if (asked.holdsOut() && newest.history().heldOutBy() == null) {
            throw Failure.model(
                    newest.folder()
                            + " was saved by a version that held out other examples: training would go on with some"
                            + " that were held out before",
                    "train anew: featuremap train "
                            + newest.folder().getParent().resolveSibling(RunDirectory.EXPERIMENT));
        }
    }

    private static void refuseFewerEpochs(Checkpoint newest, Experiment asked) {
        int begun = newest.training().begunEpochs();
        if (asked.training().epochs() < begun) {
            throw Failure.usage(
                    EPOCHS + ": asked for are " + asked.training().epochs() + ", but epoch " + begun
                            + " is begun already",
                    "ask for " + begun + " or more");
        }
    }
}
