package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.run.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@code --resume} refuses, and what it does with damaged checkpoints. */
@Tag("slow")
class ResumeRefusalTest {
    @TempDir
    Path folder;

    private Path run;

    /** Stopped in the second of 3 epochs of 7 steps, with checkpoints of steps 8 and 10. */
    @BeforeEach
    void stop() {
        run = folder.resolve("run");
        Runs.trainUntilStopped(Runs.small("training.epochs=3", "training.checkpoint={everySteps: 4}"), run, 10);
    }

    @Test
    void refusesEveryKeyThatMayNotChangeWithBothValues() throws IOException {
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, String> entry : values().entrySet()) {
            if (entry.getKey().equals("training.epochs") || entry.getKey().startsWith("training.checkpoint.")) {
                continue;
            }
            String changed = changed(entry.getKey(), entry.getValue());
            Failure failure = catchThrowableOfType(
                    Failure.class, () -> Runs.resume(run, TrainingWatcher.NONE, entry.getKey() + "=" + changed));
            assertThat(failure).as(entry.getKey()).isNotNull();
            assertThat(failure.kind()).as(entry.getKey()).isEqualTo(Failure.Kind.USAGE);
            if (failure.getMessage()
                    .contains(entry.getKey() + ": the run was made with " + entry.getValue() + ", asked for is "
                            + changed)) {
                refused.add(entry.getKey());
            }
        }
        // The others, such as a layer's type, are no valid experiment at all once changed alone.
        assertThat(refused).hasSizeGreaterThan(20).contains("seed", "loss", "training.batchSize", "training.shuffle");
    }

    @Test
    void namesAChangeMadeInTheFileByHand() throws IOException {
        Path file = run.resolve("experiment.yaml");
        Files.writeString(file, Files.readString(file).replace("batchSize: 32", "batchSize: 16"));
        assertThatThrownBy(() -> Runs.resume(run))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessage("training.batchSize: " + run.resolve("checkpoints/step-10")
                        + " was saved with 32, asked for is 16");
    }

    @Test
    void epochsAndCheckpointsMayChange() {
        RunResult result = Runs.resume(
                run, TrainingWatcher.NONE, "training.epochs=2", "training.checkpoint={everySteps: 1, keepLast: 3}");
        assertThat(result.epochs()).isEqualTo(2);
        assertThat(ExperimentFile.read(run.resolve("experiment.yaml"), List.of())
                        .training()
                        .epochs())
                .isEqualTo(2);
        assertThat(checkpoints()).containsExactlyInAnyOrder("step-12", "step-13", "step-14");
    }

    @Test
    void refusesFewerEpochsThanAreBegun() {
        assertThatThrownBy(() -> Runs.resume(run, TrainingWatcher.NONE, "training.epochs=1"))
                .hasMessage("training.epochs: asked for are 1, but epoch 2 is begun already");
    }

    @Test
    void refusesARunThatIsDone() {
        Runs.resume(run);
        assertThatThrownBy(() -> Runs.resume(run)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
            assertThat(failure).hasMessage(run + " holds a run that is done: all of its 3 epochs are trained");
            assertThat(failure.remedy()).isEqualTo("add training.epochs=4 or more to train it further");
        });
    }

    @Test
    void refusesACheckpointOfAnEarlierVersionThatHeldOtherExamplesOut() throws IOException {
        Path held = folder.resolve("held");
        Runs.trainUntilStopped(Runs.small("training.epochs=3", "training.keepBest=true"), held, 4);
        for (Path of : List.of(held.resolve("checkpoints/step-4"), run.resolve("checkpoints/step-10"))) {
            Path state = of.resolve("state.json");
            String old = Files.readString(state).replaceFirst("\\s*\"held_out_by\" : [^\\n]*", "");
            writeSealed(state, old);
        }

        assertThatThrownBy(() -> Runs.resume(held))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                .hasMessageContaining("held out other examples");
        assertThat(Runs.resume(run).epochs()).isEqualTo(3);
    }

    @Test
    void refusesACheckpointPastTheEndOfItsEpochBeforeItTrains() throws IOException {
        Path held = folder.resolve("held");
        Runs.trainUntilStopped(Runs.small("training.epochs=3"), held, 4);
        Path state = held.resolve("checkpoints/step-4/state.json");
        String other = Files.readString(state)
                .replace("\"next_batch\" : 4", "\"next_batch\" : 70")
                .replace("\"step\" : 4", "\"step\" : 70");
        writeSealed(state, other);
        Files.move(held.resolve("checkpoints/step-4"), held.resolve("checkpoints/step-70"));

        assertThatThrownBy(() -> Runs.resume(held))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                .hasMessageEndingWith(
                        "step-70/state.json: step 70, batch 70 of epoch 1, but the data makes 7 batches an" + " epoch");
        assertThat(held.resolve("metrics.csv")).doesNotExist();
    }

    @Test
    void refusesACheckpointWhoseEpochsAreNotThoseOfItsMetrics() throws IOException {
        Path state = run.resolve("checkpoints/step-10/state.json");
        writeSealed(state, Files.readString(state).replace("\"next_batch\" : 3", "\"next_batch\" : 4"));

        assertThatThrownBy(() -> Runs.resume(run))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL))
                .hasMessageContaining("checkpoints/step-10/state.json and metrics.csv contradict each other")
                .hasMessageContaining("steps of an epoch 6 against 7");
    }

    private static void writeSealed(Path state, String text) throws IOException {
        String unsealed = text.replaceFirst("\"sha256\" : \"[0-9a-f]{64}\"", "\"sha256\" : \"" + "0".repeat(64) + "\"");
        String sha256 = HexFormat.of().formatHex(Sha256.digest().digest(unsealed.getBytes(StandardCharsets.UTF_8)));
        Files.writeString(state, unsealed.replaceFirst("0{64}", sha256));
    }

    @Test
    void refusesWhatIsNoRunDirectory() {
        assertThatThrownBy(() -> Runs.resume(folder))
                .hasMessage(folder + " is not a run's directory: it has no experiment.yaml");
    }

    @Test
    void aDamagedCheckpointIsNamedAndTheOneBeforeItUsed() throws IOException {
        flipABit(run.resolve("checkpoints/step-10/model.zip"));
        AtomicLong from = new AtomicLong(-1);
        RunResult resumed = Runs.resume(run, new TrainingWatcher() {
            @Override
            public void resumed(int epoch, long step, long lostSteps) {
                from.set(step);
                assertThat(lostSteps).isEqualTo(2);
            }
        });
        assertThat(from).hasValue(8);
        assertThat(run.resolve("log.txt"))
                .content()
                .contains("a damaged checkpoint in " + run.resolve("checkpoints")
                        + " is not used: step-10: model.zip is not what was written: its SHA-256 does not hold");
        assertThat(run.resolve("checkpoints/step-10.damaged")).isDirectory();
        RunResult whole = Runs.train(Runs.small("training.epochs=3"), folder.resolve("whole"));
        assertThat(resumed.parametersSha256()).isEqualTo(whole.parametersSha256());
    }

    @Test
    void withNoSoundCheckpointLeftTheModelIsRefusedAndEachFaultNamed() throws IOException {
        flipABit(run.resolve("checkpoints/step-10/state.json"));
        Files.delete(run.resolve("checkpoints/step-8/metrics.csv"));
        assertThatThrownBy(() -> Runs.resume(run)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(4);
            assertThat(failure)
                    .hasMessageContainingAll(
                            "no checkpoint is whole",
                            "step-10: state.json is not what was written",
                            "step-8: metrics.csv is missing");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "step-8", "step-99", "../../etc", "\0\0\0\0", "step-10 step-8"})
    void whateverThePointerSaysTheNewestSoundCheckpointIsTaken(String pointer) throws IOException {
        Files.writeString(run.resolve("checkpoints/latest"), pointer);
        assertResumesFrom(10);
    }

    @Test
    void withoutAPointerTheNewestSoundCheckpointIsTaken() throws IOException {
        Files.delete(run.resolve("checkpoints/latest"));
        assertResumesFrom(10);
    }

    @Test
    void aRunThatDivergesLeavesOnlyFiniteCheckpoints() throws IOException {
        Path wild = folder.resolve("wild");
        Experiment experiment = Runs.small(
                "loss=mse",
                "network.layers=[{type: dense, units: 8}, {type: output, units: 2, activation: identity}]",
                "training.updater={type: sgd, learningRate: 1000}",
                "training.checkpoint={everySteps: 1, keepLast: 100}");
        assertThatThrownBy(() -> Runs.train(experiment, wild))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.kind().exitCode()).isEqualTo(6));
        List<Path> saved;
        try (Stream<Path> files = Files.list(wild.resolve("checkpoints"))) {
            saved = files.filter(Files::isDirectory).toList();
        }
        assertThat(saved).isNotEmpty();
        for (Path checkpoint : saved) {
            INDArray parameters =
                    ModelArchive.read(checkpoint.resolve("model.zip")).params();
            assertThat(parameters.isNaN().any()).isFalse();
            assertThat(parameters.isInfinite().any()).isFalse();
        }
        assertThatThrownBy(() -> Runs.resume(wild))
                .hasMessage(wild + " holds a run that diverged; going on, it would again");
    }

    private void assertResumesFrom(long expected) {
        AtomicLong from = new AtomicLong(-1);
        Runs.resume(run, new TrainingWatcher() {
            @Override
            public void resumed(int epoch, long step, long lostSteps) {
                from.set(step);
            }
        });
        assertThat(from).hasValue(expected);
    }

    private Map<String, String> values() {
        return ExperimentFile.values(ExperimentFile.read(run.resolve("experiment.yaml"), List.of()));
    }

    /** Another value of the same kind, within the range of most keys. */
    private static String changed(String key, String value) {
        if (value.matches("-?\\d+")) {
            return Long.toString(Long.parseLong(value) + 1);
        }
        if (value.matches("-?[\\d.]+")) {
            return Double.toString(Double.parseDouble(value) / 2);
        }
        return switch (value) {
            case "true" -> "false";
            case "false" -> "true";
            case "mcxent" -> "mse";
            case "loss" -> "accuracy";
            case "relu" -> "tanh";
            case "auto" -> "nd4j";
            case "max" -> "avg";
            default -> key.equals("name") ? "another" : "relu";
        };
    }

    private List<String> checkpoints() {
        String[] names = run.resolve("checkpoints").toFile().list((folder, name) -> name.startsWith("step-"));
        return List.of(names);
    }

    private static void flipABit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
    }
}
