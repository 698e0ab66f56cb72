package dev.featuremap.scale;

import dev.featuremap.Failure;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.RunsHere;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * One run, as it travels to the machine that makes it.
 *
 * @param experiment as YAML
 * @param folder the run directory it becomes on the user's machine
 * @param home the project's folder on the user's machine
 * @param mnist the folder of MNIST's files; null where Spark brings them
 * @param tries how often Spark tries a task
 */
record RunTask(String experiment, String folder, String home, String mnist, int tries) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the run in a folder of its own, which is gone afterwards.
     *
     * @throws Failure (environment) while another try may do better
     */
    ReturnedRun make() {
        return TemporaryFolder.with(this::make);
    }

    private ReturnedRun make(Path scratch) throws IOException {
        Experiment parsed = ExperimentFile.parse(experiment, "the experiment sent", List.of());
        Path made = scratch.resolve(parsed.name());
        Workspace workspace = new Workspace(Path.of(home));
        MnistFiles files = TrainingJob.mnistFiles(mnist);
        try {
            new RunsHere(new ExperimentRun(workspace, files)).make(parsed, made);
            return sent(made, null);
        } catch (Failure failure) {
            if (TaskResult.mayDoBetter(failure, tries)) {
                throw failure;
            }
            return sent(made, TaskResult.plain(failure));
        }
    }

    private ReturnedRun sent(Path made, Failure failure) throws IOException {
        RunDirectory.ended(made).ifPresent(run -> run.writeResult(run.result().movedTo(Path.of(folder))));
        return new ReturnedRun(FileBundle.of(made), failure);
    }
}
