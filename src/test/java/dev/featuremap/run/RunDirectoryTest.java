package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.network.SavedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void neverOverwritesARun() throws IOException {
        Path run = folder.resolve("run");
        RunDirectory.create(run);
        Files.writeString(run.resolve("kept"), "kept");
        assertThatThrownBy(() -> RunDirectory.create(run)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(5);
            assertThat(failure).hasMessage("run directory " + run + " is already there");
        });
        assertThat(run.resolve("kept")).hasContent("kept");
    }

    @Test
    void refusesAMissingParent() {
        assertThatThrownBy(() -> RunDirectory.create(folder.resolve("no/such/run")))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind().exitCode()).isEqualTo(5);
                    assertThat(failure).hasMessageEndingWith("the folder above it does not exist");
                });
    }

    @Test
    void refusesAFolderThatIsNoRun() {
        assertThatThrownBy(() -> RunDirectory.open(folder)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(2);
            assertThat(failure).hasMessageEndingWith("it has no experiment.yaml");
        });
    }

    @Test
    void isCalledByTimeNameAndSeedAndANumberWhereThatIsTaken() {
        Instant now = Instant.parse("2026-11-24T04:21:27Z");
        Path runs = folder.resolve("runs");

        for (String name : List.of("20261124-042127-x-42", "20261124-042127-x-42-2", "20261124-042127-x-42-3")) {
            assertThat(RunDirectory.createUnder(runs, EXPERIMENT, now).path()).isEqualTo(runs.resolve(name));
        }
    }

    @Test
    void isOpenedByHowFarItsRunCame() throws IOException {
        Path path = folder.resolve("run");
        RunDirectory run = RunDirectory.create(path);
        assertThat(RunDirectory.ended(path)).isEmpty();
        run.writeExperiment(EXPERIMENT);
        assertThat(RunDirectory.openBegun(path).experiment()).isEqualTo(EXPERIMENT);
        assertThat(RunDirectory.ended(path)).isEmpty();
        assertThat(run.hasResult()).isFalse();
        assertThatThrownBy(() -> RunDirectory.openEnded(path))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure ->
                                assertThat(failure.remedy()).isEqualTo("go on with: featuremap train --resume " + path))
                .hasMessage(path + " holds a run that was stopped before its end: it has no result.json");

        run.writeResult(RESULT);
        assertThat(run.hasResult()).isTrue();
        assertThat(run.partial()).isEmpty();
        assertThat(RunDirectory.openEnded(path).result()).isEqualTo(RESULT);
        assertThat(RunDirectory.ended(path)).isPresent();
        assertThat(run.hasModel()).isFalse();
        assertThatThrownBy(() -> RunDirectory.open(path))
                .hasMessage(path + " holds a run that diverged: it has no model.zip");

        Files.writeString(path.resolve("model.zip"), "");
        assertThat(run.hasModel()).isTrue();
        assertThat(RunDirectory.open(path).path()).isEqualTo(path);
    }

    @Test
    void findsTheRunsOfAComparisonOrASearch() throws IOException {
        for (String run : List.of("mse/seed-1", "candidates/000", "best-000")) {
            Files.createDirectories(folder.resolve(run).getParent());
            RunDirectory.create(folder.resolve(run)).writeExperiment(EXPERIMENT);
        }
        Files.createDirectories(folder.resolve("mse/none"));

        assertThat(RunDirectory.within(folder))
                .extracting(RunDirectory::path)
                .containsExactlyInAnyOrder(
                        folder.resolve("mse/seed-1"), folder.resolve("candidates/000"), folder.resolve("best-000"));
        assertThatThrownBy(() -> RunDirectory.openBegun(folder))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.remedy())
                                .startsWith("name one of the runs in it, such as " + folder));
        assertThatThrownBy(() -> RunDirectory.openBegun(folder.resolve("mse/none")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.remedy()).startsWith("name a folder under runs/"));
    }

    @Test
    void givesBackWhatWasWritten() {
        RunDirectory run = RunDirectory.create(folder.resolve("run"));
        Predictions predictions =
                new Predictions(List.of("X", "O"), List.of(), new float[] {1}, new float[][] {{0.25f, 0.75f}});
        assertThat(run.mistakes()).isEmpty();
        assertThat(run.predictions()).isEmpty();
        assertThat(run.provenance()).isEmpty();
        assertThat(run.modelInput()).isEmpty();

        run.writePredictions(predictions);

        assertThat(run.predictions().orElseThrow().outputs()).isDeepEqualTo(predictions.outputs());
        assertThat(run.logFile()).isEqualTo(run.path().resolve("log.txt"));
        assertThat(run.reportFile()).isEqualTo(run.path().resolve("report.html"));
    }

    @Test
    void takesItsModelOnlyWithTheParametersAndTheNetworkThatItTellsOf() throws IOException {
        RunDirectory run = EndedRun.ofClasses(folder.resolve("run"));
        Experiment experiment = run.experiment();
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(experiment, EndedRun.SHAPE));
        String sha256 = ModelArchive.parametersSha256(network);
        run.writeNetwork(network.getLayerWiseConfigurations());
        run.writeModel(network);
        Path result = run.path().resolve("result.json");

        assertThatThrownBy(run::model)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                .hasMessage(run.path().resolve("model.zip") + ": its parameters' SHA-256 is " + sha256
                        + ", that in result.json is " + "ab".repeat(32));
        Files.writeString(result, Files.readString(result).replace("ab".repeat(32), sha256));
        assertThat(run.model().params()).isEqualTo(network.params());
        assertThat(SavedNetwork.isSame(run.network(), network.getLayerWiseConfigurations()))
                .isTrue();

        run.writeNetwork(NetworkBuilder.configuration(
                EndedRun.experiment("{source: xo, size: 9}", "epochs: 1, updater: {type: sgd, learningRate: 0.5}"),
                EndedRun.SHAPE));
        assertThatThrownBy(run::model)
                .hasMessage(run.path().resolve("network.json") + " is not the network that "
                        + run.path().resolve("model.zip") + " holds");
    }

    @Test
    void takesBackWhatSaysThatTheRunHasEnded() throws IOException {
        RunDirectory run = EndedRun.ofClasses(folder.resolve("run"));

        run.removeResult();

        for (String name : List.of("result.json", "provenance.json", "predictions.csv", "mistakes.json")) {
            assertThat(run.path().resolve(name)).doesNotExist();
        }
        assertThat(run.path().resolve("metrics.csv")).exists();
        assertThat(run.hasResult()).isFalse();
        run.removeResult();
    }

    @Test
    void namesTheProcessThatIsAtWork() throws IOException {
        Path path = folder.resolve("run");
        RunDirectory run = RunDirectory.create(path);
        run.writeExperiment(EXPERIMENT);
        run.writeModelInput(
                EndedRun.ofClasses(folder.resolve("ended")).modelInput().orElseThrow());
        long pid = ProcessHandle.current().pid();
        try (DirectoryLock lock = DirectoryLock.of(path)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> RunDirectory.create(path))
                    .hasMessage("run directory " + path + " is already there and in use by process " + pid);
            assertThatThrownBy(() -> RunDirectory.openEnded(path))
                    .hasMessage(path + " holds a run that process " + pid + " is training: it has no result.json yet");
            PartialRun partial = run.partial().orElseThrow();
            assertThat(partial.why()).isEqualTo("process " + pid + " is training it");
            assertThat(partial.result().status()).isEqualTo(RunStatus.GOING_ON);
            assertThatThrownBy(partial::checkpoint)
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.remedy()).isEqualTo("wait until its first epoch has ended"));
        }
        assertThatThrownBy(run.partial().orElseThrow()::checkpoint)
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.remedy())
                                .isEqualTo("go on with: featuremap train --resume " + path));
    }

    @Test
    void saysWhatIsWrongOfAResultThatIsNone() throws IOException {
        RunDirectory run = RunDirectory.create(folder.resolve("run"));
        Path file = run.path().resolve("result.json");

        for (String[] wrong : new String[][] {
            {"{\n\"name\": }", "line 2: it is not JSON"},
            {"null", "it holds nothing"},
            {
                "{\"training\": {\n\"seconds\": \"x\"}}",
                "line 2: training.seconds: something is missing, or is no value" + " that it can have"
            },
        }) {
            Files.writeString(file, wrong[0]);
            assertThatThrownBy(run::result).hasMessage(file + " cannot be read: " + wrong[1]);
        }
    }

    private static final Experiment EXPERIMENT = ExperimentFile.parse(
            "{name: x, data: {source: xo}, network: {saved: n.json}, training: {epochs: 1}}", "x.yaml", List.of());
    private static final RunResult RESULT = new RunResult(
            "x",
            42,
            RunStatus.DIVERGED,
            new DataShape(1, 9, 9, List.of("X", "O")),
            0,
            3,
            null,
            null,
            null,
            null,
            new RunResult.Training("nd4j", "f32", 1, 1),
            null,
            "run");
}
