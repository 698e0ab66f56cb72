package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broken library stands before the real one: the boot loader is asked first. */
@Tag("fault")
class OneDnnThatDoesNotLoadTest {
    @TempDir
    private Path folder;

    @Test
    void autoSaysSoInOneLineAndTakesNd4j() throws Exception {
        Child child = train("training.engine=auto", "--json");
        assertThat(child.exitCode()).as(child.err()).isZero();
        assertThat(child.err().lines().filter(line -> line.contains("oneDNN's native library does not load on ")))
                .hasSize(1);
        assertThat(child.out()).contains("\"engine\" : \"nd4j\"");
    }

    @Test
    void anEngineAskedForByNameIsAFailureWithARemedy() throws Exception {
        Child child = train("training.engine=onednn");
        assertThat(child.exitCode()).isEqualTo(5);
        List<String> lines = child.err().lines().filter(line -> !line.isBlank()).toList();
        assertThat(lines.get(lines.size() - 2)).startsWith("error: oneDNN's native library does not load on ");
        assertThat(lines.get(lines.size() - 1)).startsWith("remedy: set training.engine=nd4j");
        assertThat(child.err()).doesNotContain("\tat ");
    }

    private Child train(String... more) throws IOException, InterruptedException {
        Path libraries = folder.resolve("broken/org/bytedeco/dnnl/" + Loader.getPlatform());
        Files.createDirectories(libraries);
        for (String library : List.of("dnnl", "jnidnnl")) {
            Files.writeString(libraries.resolve(System.mapLibraryName(library)), "no library");
        }
        // Nothing unpacked earlier may be taken instead.
        List<String> options = List.of(
                "-Xbootclasspath/a:" + folder.resolve("broken"),
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"),
                "-Dfeaturemap.home=" + Path.of("").toAbsolutePath());
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "conf/experiment/xo-cnn.yaml",
                "training.epochs=1",
                "data.trainExamples=64",
                "data.testExamples=32",
                "--run-dir",
                folder.resolve("run").toString()));
        arguments.addAll(List.of(more));
        return Child.of(options, arguments.toArray(new String[0]));
    }
}
