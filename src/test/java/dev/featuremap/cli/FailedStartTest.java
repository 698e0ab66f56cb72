package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot start leaves nothing behind, and what cannot go on is as it was. */
@Tag("slow")
class FailedStartTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3 | data={source: images, folder: no/such}",
                "2 | network.layers.0.kernel=50",
                "4 | network={saved: pom.xml}",
                "2 | training.updater.learningRate={schedule: oneCycle, initial: 0.1, max: 0.2, over: 10}"
            })
    void aTrainingThatCannotStartLeavesNoFolder(int exitCode, String override) {
        Path run = folder.resolve("run");
        Run failed = Run.of("train", "--run-dir", run.toString(), override);
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(exitCode);
        assertThat(run).doesNotExist();
    }

    @Test
    void aComparisonOrSearchThatCannotStartLeavesNoFolder() {
        Path work = folder.resolve("work");
        String[][] commands = {
            {"compare", "conf/compare/xo-losses.yaml"}, {"tune", "conf/tune/xo-small.yaml", "tune.candidates=2"}
        };
        for (String[] command : commands) {
            Run failed = Run.of(Stream.concat(
                            Stream.of(command),
                            Stream.of("--run-dir", work.toString(), "data={source: images, folder: no/such}"))
                    .toArray(String[]::new));
            assertThat(failed.exitCode()).as(failed.err()).isEqualTo(3);
            assertThat(failed.err()).contains("no/such: no such folder");
            assertThat(work).doesNotExist();
        }
    }

    @Test
    void aResumeThatCannotGoOnChangesNothing() throws IOException {
        Path pictures = folder.resolve("pictures");
        for (int i = 0; i < 10; i++) {
            Path file = pictures.resolve(i % 2 == 0 ? "a" : "b").resolve(i + ".png");
            Files.createDirectories(file.getParent());
            BufferedImage picture = new BufferedImage(12, 12, BufferedImage.TYPE_BYTE_GRAY);
            picture.setRGB(i, i, 0xffffff);
            ImageIO.write(picture, "png", file.toFile());
        }
        Path run = folder.resolve("run");
        String data = "data={source: images, size: 12, folder: \"" + pictures + "\"}";
        Run trained = Run.of("train", "--run-dir", run.toString(), data, "training.epochs=1");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        Map<String, String> before = contents(run);

        Files.move(pictures, folder.resolve("moved"));
        Run failed = Run.of("train", "--resume", run.toString(), "training.epochs=2");
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(3);
        assertThat(contents(run)).isEqualTo(before);
        assertThat(run.resolve("log.txt")).content().contains("ended before its end: " + pictures);

        Files.move(folder.resolve("moved"), pictures);
        Run resumed = Run.of("train", "--resume", run.toString(), "training.epochs=2");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(run.resolve("experiment.yaml")).content().contains("epochs: 2");
    }

    private static Map<String, String> contents(Path run) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = run.relativize(file).toString();
                if (!name.equals("log.txt") && !name.equals(".lock")) {
                    contents.put(name, Arrays.toString(Files.readAllBytes(file)));
                }
            }
        }
        return contents;
    }
}
