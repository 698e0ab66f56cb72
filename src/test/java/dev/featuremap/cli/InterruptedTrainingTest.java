package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.JavaCommand;
import dev.featuremap.Stress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code train} in a process of its own, asked to end, or killed. */
@Tag("fault")
@DisabledOnOs(OS.WINDOWS)
class InterruptedTrainingTest {
    private static final int INTERVAL = 50;
    /** Some seconds of training after a start of about two. */
    private static final String[] TRAIN = {
        "train",
        "training.epochs=12",
        "data.trainExamples=3000",
        "data.testExamples=100",
        "training.trainMetricExamples=100",
        "training.batchSize=8",
        "training.checkpoint={everySteps: " + INTERVAL + "}"
    };

    @TempDir
    static Path folder;

    private static String parameters;
    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void trainWithoutACut() throws Exception {
        List<String> command = new ArrayList<>(List.of(TRAIN));
        command.addAll(List.of("--json", "--run-dir", folder.resolve("whole").toString()));
        Child child = Child.of(List.of(), command.toArray(String[]::new));
        assertThat(child.exitCode()).as(child.err()).isZero();
        parameters = new ObjectMapper()
                .readTree(child.out())
                .get("parameters_sha256")
                .asText();
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsItWithEverythingSaved(String signal, int exitCode) throws Exception {
        Path run = folder.resolve("signal-" + signal);
        Process process = start(run, "--run-dir", run.toString());
        awaitStep(run, 20);

        long asked = System.nanoTime();
        signal(process, signal);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        double seconds = (System.nanoTime() - asked) / 1e9;

        assertThat(process.exitValue()).isEqualTo(exitCode);
        assertThat(err(run))
                .containsPattern("error: stopped after step \\d+ \\(epoch \\d+ of 12\\), which is saved\n"
                        + "remedy: go on with: featuremap train --resume " + Pattern.quote(run.toString()));
        JsonNode result = resume(run);
        assertThat(result.get("parameters_sha256").asText()).isEqualTo(parameters);
        assertThat(err(run)).contains("no step was lost");
        Stress.tell(
                5,
                "SIG" + signal + " while training, until everything is saved and the exit code is " + exitCode,
                String.format(Locale.ROOT, "%.1f s", seconds));
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        Path run = folder.resolve("twice");
        Process process = start(run, "--run-dir", run.toString(), "training.batchSize=3000");
        awaitFile(run.resolve("checkpoints/trained"));
        signal(process, "INT");
        signal(process, "INT");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
    }

    @Test
    void aRunInUseIsRefusedWithItsProcess() throws Exception {
        Path run = folder.resolve("used");
        Process process = start(run, "--run-dir", run.toString());
        awaitFile(run.resolve("checkpoints/trained"));

        Run second = Run.of("train", "--resume", run.toString());
        assertThat(second.exitCode()).isEqualTo(5);
        assertThat(second.err()).contains(run + " is in use by process " + process.pid());
        Run third = Run.of("train", "--run-dir", run.toString());
        assertThat(third.exitCode()).isEqualTo(5);
        assertThat(third.err())
                .contains("run directory " + run + " is already there and in use by process " + process.pid());
        Run removal = Run.of("runs", "rm", "used", "--runs", folder.toString());
        assertThat(removal.exitCode()).isEqualTo(5);
        assertThat(removal.err()).contains(run + " is in use by process " + process.pid());
        assertThat(run.resolve("checkpoints")).isDirectory();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void killedAtRandomTimesItLosesOneIntervalAtMostAndComesToTheSameParameters() throws Exception {
        int kills = Stress.count("stress.kills", 10);
        long mostLost = 0;
        int finished = 0;
        Path run = folder.resolve("killed-0");
        for (int kill = 0; kill < kills; kill++) {
            Process process = go(run);
            boolean ended = process.waitFor((long) (Math.random() * 6000), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            if (ended) {
                assertThat(process.exitValue()).as(err(run)).isZero();
            }
            mostLost = Math.max(mostLost, lost(run));
            if (Files.exists(run.resolve("result.json"))) {
                assertParameters(run);
                finished++;
                run = folder.resolve("killed-" + finished);
            }
        }
        Process last = go(run);
        assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).as(err(run)).isZero();
        mostLost = Math.max(mostLost, lost(run));
        assertParameters(run);
        assertThat(mostLost).isLessThanOrEqualTo(INTERVAL);
        Stress.tell(
                1,
                "kill -9 at a random time while training, resumed to the same parameters",
                kills + " of " + kills + " kills; at most " + mostLost + " steps lost");
    }

    /** Begins the run, or goes on with it where it has begun. */
    private Process go(Path run) throws IOException {
        return Files.exists(run.resolve("experiment.yaml")) ? startResume(run) : begin(run);
    }

    private Process begin(Path run) throws IOException {
        if (Files.exists(run)) {
            // Killed between making the folder and writing what is to be trained: nothing was lost.
            try (var files = Files.walk(run)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return start(run, "--run-dir", run.toString());
    }

    private static void assertParameters(Path run) throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(run.resolve("result.json").toFile())
                        .get("parameters_sha256")
                        .asText())
                .isEqualTo(parameters);
    }

    private static long lost(Path run) throws IOException {
        Matcher lost = Pattern.compile("(\\d+) steps? (?:was|were) lost").matcher(err(run));
        return lost.find() ? Long.parseLong(lost.group(1)) : 0;
    }

    private JsonNode resume(Path run) throws Exception {
        Process process = startResume(run);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(err(run)).isZero();
        return new ObjectMapper().readTree(run.resolve("result.json").toFile());
    }

    private Process startResume(Path run) throws IOException {
        return startProcess(run, List.of("train", "--resume", run.toString()));
    }

    private Process start(Path run, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(TRAIN));
        arguments.addAll(List.of(options));
        return startProcess(run, arguments);
    }

    private Process startProcess(Path run, List<String> arguments) throws IOException {
        Process process = new ProcessBuilder(JavaCommand.hearingInterrupts(
                        JavaCommand.of(List.of("-Xmx512m"), JavaCommand.FEATUREMAP, arguments)))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errFile(run).toFile())
                .start();
        started.add(process);
        return process;
    }

    private static void awaitStep(Path run, long step) throws Exception {
        Path trained = run.resolve("checkpoints/trained");
        awaitFile(trained);
        for (int i = 0; i < 6000; i++) {
            String text = Files.readString(trained).lines().findFirst().orElse("");
            if (!text.isBlank() && Long.parseLong(text.strip()) >= step) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no step " + step + " after a minute: " + err(run));
    }

    private static void awaitFile(Path file) throws InterruptedException {
        for (int i = 0; i < 6000 && !Files.exists(file); i++) {
            Thread.sleep(10);
        }
        assertThat(file).exists();
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static Path errFile(Path run) {
        return run.resolveSibling(run.getFileName() + ".err");
    }

    private static String err(Path run) throws IOException {
        return Files.exists(errFile(run)) ? Files.readString(errFile(run)) : "";
    }
}
