package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.featuremap.Stress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of 20 GB that take no room on the disk: named, before they are read or hashed. */
@Tag("fault")
class LargeFilesTest {
    private static final long BYTES = 20L << 30;

    @TempDir
    Path folder;

    private Path run;

    @BeforeEach
    void train() {
        run = folder.resolve("run");
        Run made = Run.of(
                "train",
                "--quiet",
                "--run-dir",
                run.toString(),
                "data.trainExamples=40",
                "data.testExamples=20",
                "training.epochs=1");
        assertThat(made.exitCode()).as(made.err()).isZero();
    }

    @Test
    void ofARunAreNamed() throws IOException {
        String checkpoint = "checkpoints/"
                + Files.readString(run.resolve("checkpoints/latest")).strip() + "/";
        List<String> report = List.of("report", run.toString());
        List<String> resume = List.of("train", "--quiet", "--resume", run.toString(), "training.epochs=2");
        for (String name : List.of(
                "experiment.yaml",
                "result.json",
                "metrics.csv",
                "predictions.csv",
                "mistakes.json",
                "input.json",
                "provenance.json",
                "network.json",
                "model.zip")) {
            tryLarge(name, report);
        }
        for (String name : List.of(
                checkpoint + "state.json",
                checkpoint + "metrics.csv",
                checkpoint + "model.zip",
                "checkpoints/trained",
                "log.txt")) {
            tryLarge(name, resume);
        }
        Stress.tell(44, "files of 20 GB in a run, named before they were read", "14 of 14");
    }

    @Test
    void ofPicturesAreNamed() throws IOException {
        Path picture = folder.resolve("large.png");
        large(picture);
        for (List<String> command : List.of(
                List.of("predict", run.toString(), picture.toString()),
                List.of("explain", run.toString(), picture.toString()))) {
            assertNamed(picture, command, 3);
        }
        Path classes = Files.createDirectories(folder.resolve("pictures/a")).getParent();
        Files.createDirectory(classes.resolve("b"));
        Files.move(picture, classes.resolve("a/large.png"));
        List<String> train = List.of(
                "train", "data={source: images, folder: '" + classes + "', size: 12}", "--run-dir", folder + "/other");
        assertNamed(classes.resolve("a/large.png"), train, 3);
    }

    private void tryLarge(String name, List<String> command) throws IOException {
        Path file = run.resolve(name);
        byte[] sound = Files.readAllBytes(file);
        large(file);
        assertNamed(file, command, name.equals("experiment.yaml") ? 2 : 4);
        Files.write(file, sound);
    }

    private static void assertNamed(Path file, List<String> command, int exitCode) {
        Run tried = assertTimeoutPreemptively(
                Duration.ofMinutes(2), () -> Run.of(command.toArray(String[]::new)), file.toString());
        assertThat(tried.exitCode()).as(file + ": " + tried.err()).isEqualTo(exitCode);
        assertThat(tried.err()).contains(file.getFileName().toString()).doesNotContain("Exception", "batchSize");
    }

    private static void large(Path file) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(BYTES);
        }
    }
}
