package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.featuremap.Stress;
import dev.featuremap.data.PictureBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that does not fit into memory ends in a failure that names the limits and the way out, and never hangs. */
@Tag("fault")
class MemoryLimitTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "nd4j, -Xmx512m, -Dorg.bytedeco.javacpp.maxbytes=64m",
        "onednn, -Xmx512m, -Dorg.bytedeco.javacpp.maxbytes=64m",
        "nd4j, -Xmx48m, -Dorg.bytedeco.javacpp.maxbytes=2g",
        "onednn, -Xmx48m, -Dorg.bytedeco.javacpp.maxbytes=2g"
    })
    void memoryThatRunsOutIsAFailureWithBothLimits(String engine, String heap, String nativeMemory) throws Exception {
        Child child = Child.of(
                List.of(heap, nativeMemory, "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"),
                "train",
                "data={source: xo, size: 64, trainExamples: 6000, testExamples: 10, deform: {shift: 2, noise: 0.1}}",
                "network.layers=[{type: convolution, filters: 32, kernel: 3, activation: relu},"
                        + " {type: dense, units: 64}, {type: output, units: 2}]",
                "training.batchSize=6000",
                "training.engine=" + engine,
                "--run-dir",
                folder.resolve("run").toString());
        assertThat(child.exitCode()).as(child.err()).isEqualTo(5);
        assertThat(child.err().lines().filter(line -> line.startsWith("error: ") || line.startsWith("remedy: ")))
                .hasSize(2);
        assertThat(child.err())
                .containsPattern("(?s)error: .*memory.* MiB.*")
                .containsPattern("remedy: .*training\\.batchSize")
                .doesNotContain("ERROR");
        assertThat(folder.resolve("run/model.zip")).doesNotExist();
        Stress.tell(19, "memory exhausted: exit 5, both limits and the remedy", "both engines, heap and native");
    }

    /** PNG's decoder would make an exhausted heap a fault of the picture's. */
    @Test
    void aSoundPictureTooLargeForTheHeapIsNoDamagedPicture() throws Exception {
        Path picture = Files.write(folder.resolve("large.png"), PictureBytes.blackPng(4900, 4900));
        Child child = Child.of(List.of("-Xmx48m"), "lecture", "homework", "--image", picture.toString());
        assertThat(child.exitCode()).as(child.err()).isEqualTo(5);
        assertThat(child.err())
                .containsPattern("error: .*memory.* heap 4[0-9] MiB")
                .doesNotContain("decoded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "nd4j"})
    @EnabledOnOs(OS.LINUX)
    void inOneGigabyteTooLargeABatchIsRefusedNotKilledAndTheSizeThatIsNamedTrains(String engine) throws Exception {
        assertThat(new ProcessBuilder("./featuremap", "--version").start().waitFor())
                .isZero(); // builds where it must
        Optional<ControlGroup> group = ControlGroup.limitedTo(1 << 30);
        assumeTrue(group.isPresent(), "this process may not make a control group");
        try (ControlGroup gigabyte = group.get()) {
            Path err = folder.resolve("err");
            assertThat(train(gigabyte, engine, 1024, 2560, err)).isEqualTo(5);
            assertThat(err).content().containsPattern("error: .*limits: heap \\d+ MiB, native arrays \\d+ MiB");
            Matcher named =
                    Pattern.compile("remedy: set training\\.batchSize=(\\d+)").matcher(Files.readString(err));
            assertThat(named.find()).as(Files.readString(err)).isTrue();

            int fitting = Integer.parseInt(named.group(1));
            assertThat(train(gigabyte, engine, fitting, 20 * fitting, err))
                    .as(Files.readString(err))
                    .isZero();
        }
    }

    /** The lecture's network, on letters of MNIST's size, which need no download. */
    private int train(ControlGroup group, String engine, int batchSize, int examples, Path err) throws Exception {
        String[] command = group.command(List.of(
                "./featuremap",
                "train",
                "conf/experiment/mnist-lecture-cnn.yaml",
                "data={source: xo, size: 28, deform: {shift: 2, noise: 0.1}, testExamples: 10, trainExamples: "
                        + examples + "}",
                "network.layers.10.units=2",
                "training.epochs=1",
                "training.batchSize=" + batchSize,
                "training.engine=" + engine,
                "--run-dir",
                folder.resolve("run" + batchSize).toString()));
        return new ProcessBuilder(command)
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
