package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code training.checkpoint.keepEpochs}: the weights of each epoch, of 7 steps here. */
class KeptEpochsTest {
    private static final Experiment KEEPING = Runs.small("training.checkpoint.keepEpochs=true");

    @TempDir
    Path folder;

    @Test
    void theWeightsBeforeTrainingAndAfterEachEpochAreKept() throws IOException {
        Path path = folder.resolve("run");
        RunResult result = Runs.train(KEEPING, path);
        RunDirectory run = RunDirectory.open(path);
        assertThat(run.epochs().epochs()).containsExactly(0, 1, 2);
        assertThat(sha(run, 0))
                .isEqualTo(ModelArchive.parametersSha256(NetworkBuilder.network(
                        NetworkBuilder.configuration(KEEPING, new DataShape(1, 9, 9, List.of("X", "O"))))));
        assertThat(sha(run, 1)).isNotIn(sha(run, 0), sha(run, 2));
        assertThat(sha(run, 2)).isEqualTo(result.parametersSha256());
        try (ZipFile zip = new ZipFile(path.resolve("epochs/epoch-1.zip").toFile())) {
            assertThat(zip.stream().map(Object::toString)).containsExactly("configuration.json", "coefficients.bin");
        }
    }

    @Test
    void keepingThemChangesNothingElse() {
        String without = Runs.train(Runs.small(), folder.resolve("without")).parametersSha256();
        assertThat(Runs.train(KEEPING, folder.resolve("with")).parametersSha256())
                .isEqualTo(without);
        assertThat(folder.resolve("without/epochs")).doesNotExist();
    }

    @Test
    void aResumedRunKeepsTheSameAndNoneOfWhatWasLost() throws IOException {
        Path whole = folder.resolve("whole");
        Path killed = folder.resolve("killed");
        Runs.train(KEEPING, whole);
        Runs.trainUntilKilled(KEEPING, killed, 10);
        Files.copy(whole.resolve("epochs/epoch-1.zip"), killed.resolve("epochs/epoch-5.zip"));
        Files.writeString(killed.resolve("epochs/epoch-2.zip.1.tmp"), "half");

        Runs.resume(killed);

        for (int epoch = 0; epoch <= 2; epoch++) {
            String file = "epochs/epoch-" + epoch + ".zip";
            assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(killed.resolve("epochs")).isDirectoryNotContaining("glob:**{epoch-5.zip,.tmp}");
    }

    @Test
    void aSavedRunOffersThemOrElseItsCheckpoints() {
        Runs.train(KEEPING, folder.resolve("kept"));
        Runs.train(Runs.small("training.epochs=3"), folder.resolve("not"));
        try (SavedRun kept = SavedRun.open(RunDirectory.open(folder.resolve("kept")));
                SavedRun not = SavedRun.open(RunDirectory.open(folder.resolve("not")))) {
            assertThat(kept.epoch()).isEqualTo(2);
            assertThat(kept.otherEpochs()).containsOnlyKeys(0, 1);
            assertThat(not.epoch()).isEqualTo(3);
            assertThat(not.otherEpochs()).containsOnlyKeys(2);
            assertThat(not.otherEpochs().get(2).get().params())
                    .isNotEqualTo(not.network().params());
        }
    }

    @Test
    void aDamagedOneIsRefusedByName() throws IOException {
        Path path = folder.resolve("run");
        Runs.train(KEEPING, path);
        Path file = path.resolve("epochs/epoch-1.zip");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> RunDirectory.open(path).epochs().network(1))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure ->
                                assertThat(failure.remedy()).isEqualTo("remove this file: a page then goes without it"))
                .hasMessageContaining("epoch-1.zip");
    }

    private static String sha(RunDirectory run, int epoch) {
        return ModelArchive.parametersSha256(run.epochs().network(epoch));
    }
}
