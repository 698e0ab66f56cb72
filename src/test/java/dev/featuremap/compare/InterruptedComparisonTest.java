package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons as commands in processes of their own, killed on the way. */
@Tag("fault")
class InterruptedComparisonTest {
    @TempDir
    Path folder;

    @Test
    void aKilledComparisonGoesOnToTheSameFigures() throws Exception {
        Path whole = compare("whole", 1);
        Path broken = killedAfter("mse/seed-2/network.json");
        assertThat(broken.resolve("comparison.json")).doesNotExist();
        long firstMade = Files.getLastModifiedTime(broken.resolve("mse/seed-1/result.json"))
                .toMillis();

        compare("broken", 1);

        assertThat(figures(broken, "broken")).isEqualTo(figures(whole, "whole"));
        assertThat(broken.resolve("comparison.csv")).hasSameTextualContentAs(whole.resolve("comparison.csv"));
        assertThat(Files.getLastModifiedTime(broken.resolve("mse/seed-1/result.json"))
                        .toMillis())
                .isEqualTo(firstMade);
    }

    @Test
    void processesOfOneThreadEndInTheFiguresOfOneThreadAndDieWithTheirComparison() throws Exception {
        Path whole = compare("whole", 1, "comparison.seeds=1");
        Process process = start("broken", 2, "comparison.seeds=1", "--parallel", "2");
        await(folder.resolve("broken/mse/seed-1/network.json"));
        List<ProcessHandle> runs = process.descendants().toList();
        process.destroyForcibly().waitFor();
        for (ProcessHandle run : runs) {
            run.onExit().get(20, TimeUnit.SECONDS);
        }
        assertThat(runs).isNotEmpty();

        Path broken = compare("broken", 2, "comparison.seeds=1", "--parallel", "2");

        assertThat(figures(broken, "broken")).isEqualTo(figures(whole, "whole"));
    }

    private Path killedAfter(String file) throws Exception {
        Process process = start("broken", 1);
        await(folder.resolve("broken").resolve(file));
        process.destroyForcibly().waitFor();
        return folder.resolve("broken");
    }

    private static void await(Path file) throws InterruptedException {
        for (int waited = 0; !Files.exists(file) && waited < 12_000; waited++) {
            Thread.sleep(10);
        }
        assertThat(file).exists();
    }

    private Path compare(String name, int threads, String... options) throws Exception {
        Process process = start(name, threads, options);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(() -> log(folder.resolve(name + ".log")))
                .isZero();
        return folder.resolve(name);
    }

    private Process start(String name, int threads, String... options) throws IOException {
        Plans.of(folder);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.featuremap.cli.Main",
                "compare",
                folder.resolve("comparison.yaml").toString(),
                "data.trainExamples=500",
                "--run-dir",
                folder.resolve(name).toString(),
                "--json"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        return builder.start();
    }

    /** {@code comparison.json} without the name of its folder. */
    private static String figures(Path directory, String name) throws IOException {
        return Files.readString(directory.resolve("comparison.json")).replace("/" + name + "/", "/…/");
    }

    private static String log(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
