package dev.featuremap.run;

import static dev.featuremap.run.EndedRun.change;
import static dev.featuremap.run.EndedRun.contradiction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.run.TrainingState.Best;
import dev.featuremap.run.TrainingState.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's newest checkpoint, which tells something else than the run's other files. */
class CheckpointConsistencyTest {
    private static final RunHistory HISTORY = EndedRun.history();
    private static final TrainingState STATE = EndedRun.state();

    @TempDir
    Path folder;

    private RunDirectory run;

    @BeforeEach
    void aRun() throws IOException {
        run = EndedRun.ofClasses(folder.resolve("run"));
    }

    /** One that is not as it was written is no witness against the other files. */
    @Test
    void isNotAskedWhereItsMetricsAreNotWhatWasWritten() throws IOException {
        assertThat(run.checkpoints().newestWithoutModel()).isPresent();
        change(run, "checkpoints/step-15/metrics.csv", "0.25", "0.26");
        assertThat(run.checkpoints().newestWithoutModel()).isEmpty();
        run.requireConsistent();
    }

    @Test
    void isOfTheSameExperimentButForItsEpochs() throws IOException {
        save(history(HISTORY.experiment().replace("epochs: 3", "epochs: 2"), "nd4j", "", EndedRun.START.toString()));
        run.requireConsistent();
        save(history(HISTORY.experiment().replace("l2: 0", "l2: 0.5"), "nd4j", "", EndedRun.START.toString()));
        assertThat(contradiction(run))
                .startsWith(
                        "checkpoints/step-15/state.json and experiment.yaml contradict each other: the experiment {");
    }

    @Test
    void isOfTheSameHistory() throws IOException {
        String start = EndedRun.START.toString();
        save(history(HISTORY.experiment(), "onednn", "", start));
        run.requireConsistent();
        change(run, "experiment.yaml", "engine: auto", "engine: nd4j");
        save(history(HISTORY.experiment().replace("engine: auto", "engine: nd4j"), "onednn", "", start));
        assertThat(contradiction(run)).endsWith("engine onednn against nd4j");

        change(run, "experiment.yaml", "engine: nd4j", "engine: auto");
        save(history(HISTORY.experiment(), "nd4j", "ab".repeat(32), start));
        assertThat(contradiction(run)).contains("state.json and provenance.json", "data_sha256 {a.gz=abab");
        save(history(HISTORY.experiment(), "nd4j", "", "2026-11-24T10:00:01Z"));
        assertThat(contradiction(run)).endsWith("start 2026-11-24T10:00:01Z against 2026-11-24T10:00:00Z");
    }

    @Test
    void isOfTheRunAsOftenResumedThen() throws IOException {
        save(resumed(5L));
        run.requireConsistent();
        save(resumed(5L, 12L, 15L));
        assertThat(contradiction(run)).endsWith("resumed_at_steps [5, 12, 15] against [5, 12]");
        save(resumed(4L));
        assertThat(contradiction(run)).endsWith("resumed_at_steps [4] against [5]");
    }

    @Test
    void isNotPastTheEnd() throws IOException {
        Best best = STATE.best();
        save(new TrainingState(4, 1, 16, 3, 0.5, STATE.scores(), best, best, STATE.kept()));

        assertThat(contradiction(run)).endsWith("step 16 against 15");
    }

    @Test
    void hasTheMetricsUntilThen() throws IOException {
        assertThat(contradiction(run, "metrics.csv", "3,15,train,0.375", "3,15,train,0.376"))
                .startsWith("checkpoints/step-15/metrics.csv and metrics.csv contradict each other: rows [");
    }

    @Test
    void standsWhereTheMetricsEnd() throws IOException {
        Files.delete(run.path().resolve("result.json"));
        save(new TrainingState(3, 5, 15, 2, 1, STATE.scores(), STATE.best(), STATE.watched(), null));
        assertThat(contradiction(run)).endsWith("epochs that have ended 2 against 3");
        save(new TrainingState(4, 0, 15, 3.1, 0, STATE.scores(), STATE.best(), STATE.watched(), null));
        assertThat(contradiction(run)).contains("state.json and metrics.csv", "seconds of training 3.1 against 3");
        save(new TrainingState(4, 0, 18, 3, 0, STATE.scores(), STATE.best(), STATE.watched(), null));
        assertThat(contradiction(run)).endsWith("steps of an epoch 6 against 5");
    }

    @Test
    void knowsTheLastScoresAndTheBest() throws IOException {
        save(state(EndedRun.validation().get(1), STATE.best(), STATE.watched()));
        assertThat(contradiction(run)).endsWith("loss on validation data 0.25 against 0.375");
        save(state(STATE.scores(), new Best(0.25, 1), STATE.watched()));
        assertThat(contradiction(run)).endsWith("the best epoch 1 against 2");
        save(state(STATE.scores(), STATE.best(), new Best(0.25, 3)));
        assertThat(contradiction(run)).endsWith("the best epoch 3 against 2");
        save(state(STATE.scores(), new Best(0.2, 2), STATE.watched()));
        assertThat(contradiction(run)).endsWith("the best value 0.2 against 0.25");
        save(state(STATE.scores(), null, null));
        run.requireConsistent();
    }

    @Test
    void keepsTheBestEpoch() throws IOException {
        Scores best = EndedRun.validation().get(1);
        save(state(new Kept(1, 5, best)));
        assertThat(contradiction(run)).endsWith("the epoch kept 1 against 2");
        save(state(new Kept(2, 10, EndedRun.validation().get(0))));
        assertThat(contradiction(run)).endsWith("loss on validation data 0.5 against 0.25");
        Scores others = Scores.ofClasses(0.25, 0.125, 0.0625, best.confusion(), List.of("X", "Y"));
        save(state(new Kept(2, 10, others)));
        assertThat(contradiction(run)).endsWith("classes [X, Y] against [X, O]");
    }

    @Test
    void isOfTheSameClasses() throws IOException {
        Scores last = STATE.scores();
        Scores others = Scores.ofClasses(last.loss(), last.mse(), last.mae(), last.confusion(), List.of("X", "Y"));
        save(state(others, STATE.best(), STATE.watched()));

        assertThat(contradiction(run)).contains("state.json and input.json", "classes [X, Y] against [X, O]");
    }

    @Test
    void knowsNothingOfEpochsBeforeTheFirstHasEnded() throws IOException {
        RunDirectory begun = RunDirectory.create(folder.resolve("begun"));
        begun.writeExperiment(EndedRun.experiment("{source: xo, size: 9}"));
        EndedRun.save(begun, resumed(), new TrainingState(1, 3, 3, 0, 0.5, null, null, null, null));

        begun.requireConsistent();
    }

    private void save(RunHistory history) throws IOException {
        EndedRun.save(run, history, STATE);
    }

    private void save(TrainingState state) throws IOException {
        EndedRun.save(run, HISTORY, state);
    }

    private static TrainingState state(Scores last, Best best, Best watched) {
        return new TrainingState(4, 0, 15, 3, 0, last, best, watched, null);
    }

    private static TrainingState state(Kept kept) {
        return new TrainingState(4, 0, 15, 3, 0, STATE.scores(), STATE.best(), STATE.watched(), kept);
    }

    private static RunHistory resumed(Long... steps) {
        return new RunHistory(
                HISTORY.experiment(),
                HISTORY.dataSha256(),
                HISTORY.engine(),
                HISTORY.threads(),
                HISTORY.heldOutBy(),
                HISTORY.start(),
                List.of(steps));
    }

    /** @param sha256 of the one file of data; where it is none, there is no file */
    private static RunHistory history(String experiment, String engine, String sha256, String start) {
        TreeMap<String, String> files = new TreeMap<>();
        if (!sha256.isEmpty()) {
            files.put("a.gz", sha256);
        }
        return new RunHistory(experiment, files, engine, 1, HISTORY.heldOutBy(), start, HISTORY.resumedAtSteps());
    }
}
