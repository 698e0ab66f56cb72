package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** oneDNN is told to know no newer instructions than AVX2. */
@Tag("fault")
class ProcessorWithoutBf16Test {
    @TempDir
    private Path folder;

    @Test
    void isToldOfBeforeAnythingElse() throws Exception {
        Path printed = folder.resolve("printed");
        Path run = folder.resolve("run");
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xmx512m"),
                        JavaCommand.FEATUREMAP,
                        List.of(
                                "train",
                                "conf/experiment/xo-cnn.yaml",
                                "training.precision=bf16",
                                "--run-dir",
                                run.toString())))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("ONEDNN_MAX_CPU_ISA", "AVX2");
        Process process = builder.start();

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(5);
        assertThat(Files.readAllLines(printed).stream().filter(line -> !line.isBlank() && !line.startsWith("libgomp")))
                .containsExactly(
                        "error: this processor has no instructions for bf16 (AVX512_BF16 or AMX)",
                        "remedy: train with training.precision=f32, or where the processor has them");
        assertThat(run).doesNotExist();
    }
}
