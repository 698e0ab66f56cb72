package dev.featuremap.scale;

import dev.featuremap.Failure;
import dev.featuremap.data.FetchProgress;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.PlannedRun;
import dev.featuremap.train.RunsHere;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;

/**
 * One run, as it travels to the machine that makes it.
 *
 * @param experiment as YAML
 * @param folder the run directory it becomes on the user's machine
 * @param home the project's folder on the user's machine
 * @param local whether it is made on the user's machine
 * @param tries how often Spark tries a task
 */
record RunTask(String experiment, String folder, String home, boolean local, int tries) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the run in a folder of its own, which is gone afterwards.
     *
     * @throws Failure (environment) while another try may do better
     */
    MadeRun make() {
        try {
            Path scratch = Files.createTempDirectory("featuremap-run");
            try {
                return make(scratch);
            } finally {
                remove(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MadeRun make(Path scratch) throws IOException {
        Experiment parsed = ExperimentFile.parse(experiment, "the experiment sent", List.of());
        Path made = scratch.resolve(parsed.name());
        Workspace workspace = new Workspace(Path.of(home));
        MnistFiles mnist =
                MnistFiles.in(local ? workspace.mnist() : Path.of(SparkFiles.getRootDirectory()), FetchProgress.SILENT);
        PlannedRun run = new PlannedRun(parsed.name(), made, List.of(), parsed, made);
        try {
            new RunsHere(new ExperimentRun(workspace, mnist)).make(run);
            return sent(made, null);
        } catch (Failure failure) {
            boolean again = failure.kind() == Failure.Kind.ENVIRONMENT
                    && TaskContext.get().attemptNumber() < tries - 1;
            if (again) {
                throw failure;
            }
            return sent(made, failure);
        }
    }

    private MadeRun sent(Path made, Failure failure) throws IOException {
        RunDirectory.ended(made).ifPresent(run -> run.writeResult(run.result().movedTo(Path.of(folder))));
        return MadeRun.of(made, failure);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
