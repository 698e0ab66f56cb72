package dev.featuremap.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process of its own, with whatever it sets for its whole JVM. */
@Tag("fault")
class SparkCommandTest {
    @TempDir
    Path folder;

    @Test
    void trainsOnSpark() throws IOException, InterruptedException {
        assertThat(exitCode(
                        "train",
                        "--spark",
                        "local[2]",
                        "--run-dir",
                        folder.resolve("run").toString(),
                        "training.epochs=1",
                        "data.trainExamples=320",
                        "data.testExamples=60"))
                .isZero();
        assertThat(folder.resolve("run")).isDirectoryContaining(file -> file.endsWith("model.zip"));
    }

    @Test
    void searchesOnSparkWithTheFiguresOfASearchHere() throws IOException, InterruptedException {
        Path search = Files.writeString(folder.resolve("search.yaml"), """
                name: small
                candidates: 4
                seed: 1
                experiment:
                  name: small
                  seed: 7
                  data: {source: xo, trainExamples: 200, testExamples: 60, deform: {shift: 1, rotation: 15, noise: 0.2}}
                  network:
                    layers:
                      - {type: convolution, filters: {int: [2, 6]}, kernel: 3, activation: relu}
                      - {type: subsampling, size: 2}
                      - {type: output, units: 2}
                  training:
                    epochs: 2
                    updater: {type: adam, learningRate: {log: [1e-3, 1e-1]}}
                """);
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");

        assertThat(exitCode("tune", search.toString(), "--json", "--run-dir", here.toString()))
                .isZero();
        String expected = withoutTimes();
        assertThat(exitCode("tune", search.toString(), "--json", "--run-dir", there.toString(), "--spark", "local[2]"))
                .isZero();

        assertThat(withoutTimes().replace(there.toString(), here.toString()))
                .isEqualTo(expected)
                .contains("\"candidates\"");
    }

    @Test
    void endsWithAnEnvironmentsCodeWhereThereIsNoMaster() throws IOException, InterruptedException {
        assertThat(exitCode("train", "--spark=spark://127.0.0.1:1")).isEqualTo(5);
        assertThat(Files.readString(folder.resolve("err"))).contains("no Spark master can be reached");
    }

    private String withoutTimes() throws IOException {
        return Files.readString(folder.resolve("out")).replaceAll("\"(seconds|start)\" : [^,}]+", "");
    }

    private int exitCode(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-Dorg.bytedeco"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Dfeaturemap.spark.jar=none",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.featuremap.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .start()
                .waitFor();
    }
}
