package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fault")
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @ParameterizedTest
    @CsvSource({
        "Linux,  x86_64, fpu sse2 avx avx2 avx512f avx512vl, -onednn-avx512",
        "Linux,  x86_64, fpu sse2 avx avx2,                  -onednn-avx2",
        "Linux,  x86_64, fpu sse2 avx,                       -onednn",
        "Linux,  x86_64, '',                                 -onednn",
        "Linux,  aarch64, fp asimd,                          none",
        "Darwin, x86_64, fpu avx2 avx512f,                   -onednn-avx2",
        "Darwin, x86_64, fpu sse2,                           -onednn",
        "Darwin, arm64,  '',                                 none",
    })
    void choosesTheNativesByTheCpu(String os, String arch, String flags, String extension) throws Exception {
        Map<String, String> environment =
                Map.of("FEATUREMAP_OS", os, "FEATUREMAP_ARCH", arch, "FEATUREMAP_CPU_FLAGS", flags);
        assertThat(output(environment, "./featuremap", "--print-natives")).isEqualTo(extension + "\n");
    }

    @ParameterizedTest
    @CsvSource({"--help", "--version", "train --help"})
    void helpLoadsNoNd4j(String arguments) throws Exception {
        List<String> command = JavaCommand.of(
                List.of("-Xlog:class+load:stdout"), JavaCommand.FEATUREMAP, List.of(arguments.split(" ")));
        String loaded = output(Map.of(), command.toArray(String[]::new));
        assertThat(loaded).contains("dev.featuremap.cli.Main").doesNotContain("org.nd4j", "org.deeplearning4j");
    }

    @Test
    void refusesAnUnknownBackend() throws Exception {
        Process process = process(Map.of("FEATUREMAP_BACKEND", "tpu"), "./featuremap", "--version");
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(err).isEqualTo("error: FEATUREMAP_BACKEND is tpu\nremedy: set it to cpu or cuda\n");
    }

    @Test
    void givesTheJvmAFilterAgainstJavaObjects() throws Exception {
        assertThat(Files.readString(Path.of("featuremap"))).contains(" '-Djdk.serialFilter=!*' ");
        assertThat(Files.readString(Path.of("featuremap.cmd"))).contains(" \"-Djdk.serialFilter=!*\" ");
    }

    private static String output(Map<String, String> environment, String... command) throws Exception {
        Process process = process(environment, command);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
    }

    private static Process process(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
