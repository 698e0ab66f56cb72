package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Split;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.network.NotFiniteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final Experiment EXPERIMENT = ExperimentFile.parse("""
            name: x
            data: {source: xo}
            network: {layers: [{type: output, units: 2}]}
            training: {epochs: 3}
            """, "x.yaml", List.of());
    private static final DataShape DATA = new DataShape(1, 2, 2, List.of("X", "O"));
    private static final MultiLayerNetwork NETWORK =
            NetworkBuilder.network(NetworkBuilder.configuration(EXPERIMENT, DATA));
    private static final RunHistory HISTORY = RunHistory.begin("name: x\n", new TreeMap<>(), "nd4j", 2);
    private static final List<MetricsRow> METRICS =
            List.of(new MetricsRow(1, 10, Split.TRAIN, 0.5, 0.75, 0.1, 0.1, 1.0, 10.0));

    private static final Scores SCORES = new Scores(10, 0.5, 0.75, 0.1, 0.1, null, null, null);

    @TempDir
    Path folder;

    private RunDirectory run;
    private Checkpoints checkpoints;

    @BeforeEach
    void beginARun() {
        run = RunDirectory.create(folder.resolve("run"));
        run.writeExperiment(EXPERIMENT);
        checkpoints = run.checkpoints();
        checkpoints.open(0);
    }

    @Test
    void givesBackTheNewest() {
        assertThat(checkpoints.exist()).isFalse();
        assertThat(checkpoints.newest()).isEmpty();

        save(10);
        save(20);

        Checkpoint newest = checkpoints.newest().orElseThrow();
        assertThat(checkpoints.exist()).isTrue();
        assertThat(newest.training()).isEqualTo(state(20));
        assertThat(newest.history()).isEqualTo(HISTORY);
        assertThat(newest.metrics()).isEqualTo(METRICS);
        assertThat(newest.folder()).isEqualTo(place(20));
        assertThat(newest.model().params()).isEqualTo(NETWORK.params());
        assertThat(place("latest")).hasContent("step-20\n");
    }

    @Test
    void keepsTheLatest() {
        save(10);
        save(20);
        save(30);

        assertThat(names()).containsExactlyInAnyOrder("step-20", "step-30", "latest");
        assertThat(checkpoints.at(20).training().step()).isEqualTo(20);
    }

    @Test
    void leavesACheckpointThatIsThereAsItIs() throws IOException {
        save(10);
        Files.writeString(place(10).resolve("mark"), "");

        save(10);

        assertThat(place(10).resolve("mark")).exists();
    }

    @Test
    void passesOverADamagedOne() throws IOException {
        save(10);
        save(20);
        byte[] model = Files.readAllBytes(place(20).resolve("model.zip"));
        model[model.length / 2] ^= 1;
        Files.write(place(20).resolve("model.zip"), model);

        assertThat(checkpoints.newest().orElseThrow().training().step()).isEqualTo(10);
        assertThatThrownBy(() -> checkpoints.at(20))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                .hasMessage(place(20) + ", which holds the best epoch's model, is damaged: model.zip is not what was"
                        + " written: its SHA-256 does not hold");
    }

    @Test
    void saysOfEachThatIsDamagedWhatIsWrong() throws IOException {
        save(10);
        save(20);
        Files.writeString(place(20).resolve("metrics.csv"), "");
        Files.delete(place(10).resolve("model.zip"));

        assertThatThrownBy(() -> checkpoints.newest())
                .hasMessage(place("") + ": no checkpoint is whole: step-20: metrics.csv has 0 bytes, not the "
                        + bytes(10) + " written; step-10: model.zip is missing");
    }

    @Test
    void refusesACheckpointUnderAnotherName() throws IOException {
        save(10);
        Files.move(place(10), place(11));

        assertThatThrownBy(() -> checkpoints.newest()).hasMessageEndingWith("step-11: it is a checkpoint of step 10");
    }

    @Test
    void clearsLeftoversAndWhatIsNewerThanWhatIsGoneOnFrom() throws IOException {
        save(10);
        save(20);
        Files.createDirectory(place("step-30.tmp"));
        Files.createDirectory(place("step-20.damaged"));
        Files.createDirectory(place("step-007"));

        checkpoints.open(10);

        assertThat(names()).containsExactlyInAnyOrder("step-10", "step-20.damaged", "step-007", "latest");
        assertThat(place("step-20.damaged").resolve("state.json")).exists();
    }

    @Test
    void aRunGoesBackToACheckpointOrToItsStart() throws IOException {
        save(10);
        run.metrics().addTest(2, 20, new Scores(1, 1, 1.0, 0, 0, null, null, null));
        Files.writeString(run.path().resolve("model.zip.1.tmp"), "half");

        run.goBackTo(checkpoints.newest());
        assertThat(run.metricsRows()).isEqualTo(METRICS);
        assertThat(run.path().resolve("model.zip.1.tmp")).doesNotExist();

        run.goBackTo(Optional.empty());
        assertThat(run.metricsRows()).isEmpty();
        assertThat(checkpoints.exist()).isFalse();
    }

    @Test
    void whatADiskTakesIsToldInItsOrder() {
        List<String> changes = new ArrayList<>();
        Path parts = place("step-10.tmp");
        Disk told = new Disk(
                (change, path) -> changes.add(change + " " + (path.startsWith(parts) ? "part" : path.getFileName())));

        run.on(told)
                .checkpoints()
                .save(state(10), HISTORY, new Checkpoint.Networks(NETWORK, Optional.empty()), METRICS, 2);

        assertThat(changes.indexOf("RENAME step-10")).isGreaterThan(changes.lastIndexOf("WRITE part"));
        assertThat(changes.indexOf("SYNC checkpoints"))
                .isGreaterThan(changes.lastIndexOf("SYNC part"))
                .isLessThan(changes.lastIndexOf("RENAME latest"));
    }

    @Test
    void eachChangeToTheDiskIsToldBeforeItIsMade() {
        List<String> changes = new ArrayList<>();
        Disk told = new Disk((change, path) -> {
            if (change == Disk.Change.MAKE) {
                assertThat(path).doesNotExist();
            }
            changes.add(change + " " + run.path().relativize(path).toString().replace("checkpoints/", ""));
        });

        run.on(told)
                .checkpoints()
                .save(state(10), HISTORY, new Checkpoint.Networks(NETWORK, Optional.empty()), METRICS, 2);

        assertThat(changes.stream().distinct())
                .containsExactly(
                        "MAKE step-10.tmp",
                        "MAKE step-10.tmp/model.zip",
                        "WRITE step-10.tmp/model.zip",
                        "SYNC step-10.tmp/model.zip",
                        "MAKE step-10.tmp/metrics.csv",
                        "WRITE step-10.tmp/metrics.csv",
                        "SYNC step-10.tmp/metrics.csv",
                        "MAKE step-10.tmp/state.json",
                        "WRITE step-10.tmp/state.json",
                        "SYNC step-10.tmp/state.json",
                        "SYNC step-10.tmp",
                        "RENAME step-10",
                        "SYNC checkpoints",
                        "MAKE latest.tmp",
                        "WRITE latest.tmp",
                        "SYNC latest.tmp",
                        "RENAME latest");
        assertThat(changes).endsWith("SYNC checkpoints");
    }

    @Test
    void keepsTheBestEpochsModelAndPointsToIt() {
        save(10);
        for (long step : new long[] {20, 30, 40}) {
            checkpoints.save(kept(step), HISTORY, new Checkpoint.Networks(NETWORK, Optional.empty()), METRICS, 2);
        }

        assertThat(names()).containsExactlyInAnyOrder("step-10", "step-30", "step-40", "latest", "best");
        assertThat(place("best")).hasContent("step-10\n");
    }

    /** A network that already holds a NaN is not saved, and a disk that gives back something else is told of. */
    @Test
    void savesNoNetworkThatIsNotFiniteAndTrustsNoDisk() {
        save(10);
        MultiLayerNetwork broken = NETWORK.clone();
        broken.params().putScalar(0, Float.NaN);
        assertThatThrownBy(() -> checkpoints.save(
                        state(20), HISTORY, new Checkpoint.Networks(broken, Optional.empty()), METRICS, 2))
                .isInstanceOf(NotFiniteException.class);
        assertThat(names()).containsExactlyInAnyOrder("step-10", "latest");

        Disk forgetful = new Disk((change, path) -> {
            if (change == Disk.Change.RENAME && path.equals(place(30))) {
                Path metrics = place("step-30.tmp").resolve("metrics.csv");
                Files.writeString(metrics, Files.readString(metrics).replace('5', '6'));
            }
        });
        assertThatThrownBy(() -> run.on(forgetful)
                        .checkpoints()
                        .save(state(30), HISTORY, new Checkpoint.Networks(NETWORK, Optional.empty()), METRICS, 2))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT))
                .hasMessage(
                        place(30).resolve("metrics.csv") + ": what the disk gives back is not what was written to it");
        assertThat(place(10)).exists();
    }

    @Test
    void writesOverWhatAnEarlierTryLeftAndMovesAsideWhatWasAsideBefore() throws IOException {
        Files.createDirectories(place("step-10.tmp").resolve("old"));
        save(10);
        save(20);
        Files.createDirectories(place("step-20.damaged").resolve("old"));
        checkpoints.open(10);

        assertThat(names()).containsExactlyInAnyOrder("step-10", "step-20.damaged", "latest");
        assertThat(place("step-20.damaged").resolve("old")).doesNotExist();
        assertThat(place(10).resolve("old")).doesNotExist();
    }

    private static TrainingState kept(long step) {
        return new TrainingState(
                (int) step / 10 + 1, 0, step, 1.5, 0, SCORES, null, null, new TrainingState.Kept(1, 10, SCORES));
    }

    @Test
    void aRunThatWasStoppedIsTrainedAsFarAsItsRowsAndItsCountTell() {
        run.writeModelInput(new ModelInput(
                List.of(1, 2, 2),
                List.of(0.299, 0.587, 0.114),
                "fit",
                false,
                null,
                new ModelInput.Scale(EXPERIMENT.data().scaling()),
                List.of("X", "O")));
        Scores scores = new Scores(10, 0.5, 0.75, 0.1, 0.1, null, null, null);
        run.metrics().addEpoch(1, 10, new EpochScores(scores, Split.TEST, scores), 1.5, 20);
        run.metrics().addEpoch(2, 20, new EpochScores(scores, Split.TEST, scores), 2.5, 40);

        PartialRun partial = run.partial().orElseThrow();
        assertThat(partial.why()).isEqualTo("it was stopped before its end");
        assertThat(partial.result())
                .isEqualTo(new RunResult(
                        "x",
                        42,
                        RunStatus.NOT_FINISHED,
                        DATA,
                        2,
                        20,
                        null,
                        null,
                        null,
                        null,
                        new RunResult.Training("auto", "f32", 4, 30),
                        null,
                        run.path().toString()));
        assertThatThrownBy(partial::checkpoint)
                .hasMessage(
                        run.path() + " holds no model yet: it was stopped before its end, and no checkpoint was saved");

        try (TrainedSteps steps = checkpoints.trainedSteps(7)) {
            steps.set(27);
        }
        save(20);
        assertThat(partial.result().steps()).isEqualTo(27);
        assertThat(partial.checkpoint().training().step()).isEqualTo(20);
    }

    @Test
    void aFreshRunThatFailedIsRemovedUnlessItWasTrained() {
        save(10);
        run.removeUnlessTrained();
        assertThat(run.path()).exists();

        RunDirectory fresh = RunDirectory.create(folder.resolve("fresh"));
        fresh.removeUnlessTrained();
        assertThat(fresh.path()).doesNotExist();
    }

    private void save(long step) {
        checkpoints.save(state(step), HISTORY, new Checkpoint.Networks(NETWORK, Optional.empty()), METRICS, 2);
    }

    private static TrainingState state(long step) {
        return new TrainingState(2, 3, step, 1.5, 0.5, SCORES, null, null, null);
    }

    private long bytes(long step) throws IOException {
        return Files.size(place(step).resolve("metrics.csv"));
    }

    private Path place(long step) {
        return place("step-" + step);
    }

    private Path place(String name) {
        return run.path().resolve("checkpoints").resolve(name);
    }

    private List<String> names() {
        return List.of(run.path().resolve("checkpoints").toFile().list());
    }
}
