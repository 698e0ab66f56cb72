package dev.featuremap.jobs;

import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.backend.Memory;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.Json;
import dev.featuremap.run.ToldFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes each run in a process of its own, this program's {@code train} with a share of the native threads. A process that
 * dies, of memory or in native code, takes no other run with it; none outlives this one.
 */
public final class ChildProcessRunMaker implements RunMaker {
    /** Tells the command line to end when its standard input does: that is when the process that started it has died. */
    public static final String END_WITH_INPUT = "featuremap.endWithInput";

    /** What the process trains, in a file beside the run's folder while it does. */
    private static final String EXPERIMENT = ".experiment.yaml";

    private static final int MOST_BYTES = 64 << 20;

    private final String mainClass;
    private final int threads;
    private final Memory memory;

    /**
     * @param mainClass the command line's class
     * @param threads native threads for each process
     * @param memory most that each process may take
     */
    public ChildProcessRunMaker(String mainClass, int threads, Memory memory) {
        this.mainClass = mainClass;
        this.threads = threads;
        this.memory = memory;
    }

    /** What a failing command prints with {@code --json}. */
    private record Failed(ToldFailure error) {}

    @Override
    public void make(Experiment experiment, Path folder) {
        Path file = beside(folder, EXPERIMENT);
        DirectoryLock.write(file, ExperimentFile.print(experiment));
        start(folder, List.of("train", file.toString(), "--run-dir", folder.toString()));
    }

    @Override
    public boolean resume(Path folder) {
        start(folder, List.of("train", "--resume", folder.toString()));
        return true;
    }

    private void start(Path folder, List<String> train) {
        Path out = beside(folder, ".out");
        Path err = beside(folder, ".err");
        try {
            for (Path file : List.of(out, err)) {
                Files.deleteIfExists(file); // A link to be written through may be there.
            }
            ProcessBuilder builder = new ProcessBuilder(command(train))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            Map<String, String> environment = builder.environment();
            environment.put("OMP_NUM_THREADS", Integer.toString(threads));
            Process process = builder.start();
            try {
                int exitCode = process.waitFor();
                if (exitCode != 0) {
                    throw failure(exitCode, out, err);
                }
            } finally {
                // Asked, not killed: a training saves what it has.
                process.destroy();
            }
            for (Path file : List.of(out, err, beside(folder, EXPERIMENT))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw Failure.environment(
                    "cannot start a process for " + folder + ": " + e.getMessage(), "try without --parallel", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Failure.Kind.INTERRUPTED, "interrupted", "the same command goes on where it stopped", e);
        }
    }

    private List<String> command(List<String> train) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(memory.jvmOptions()); // the last one counts
        command.addAll(
                List.of("-D" + END_WITH_INPUT + "=true", "-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(train);
        command.addAll(List.of("--json", "--quiet"));
        return command;
    }

    /** The failure the process told, or else how it died and what it said last. */
    private static Failure failure(int exitCode, Path out, Path err) throws IOException {
        for (Failure.Kind kind : Failure.Kind.values()) {
            if (kind.exitCode() == exitCode && RegularFiles.size(out) > 0) {
                return Json.read(out, Failed.class).error().failure();
            }
            if (kind.exitCode() == exitCode && (kind == Failure.Kind.INTERRUPTED || kind == Failure.Kind.TERMINATED)) {
                return new Failure(kind, "a run's process was asked to end", "repeat the command");
            }
        }
        String last = new String(RegularFiles.read(err, MOST_BYTES), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((one, next) -> next)
                .orElse("nothing");
        return Failure.environment(
                "the run's process ended with exit code " + exitCode + "; it said last: " + last,
                "see " + err + ", or train it alone",
                null);
    }

    private static Path beside(Path folder, String ending) {
        return folder.resolveSibling(folder.getFileName() + ending);
    }
}
