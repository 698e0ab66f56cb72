package dev.featuremap.scale;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.jobs.InProcessRunMaker;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * One run, as it travels to the machine that makes it.
 *
 * @param folder the run directory it becomes on the user's machine
 * @param home the project's folder on the user's machine
 */
record RunTask(TrainingJob job, String folder, String home) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the run in a folder of its own, which is gone afterwards; answers the files it left, and why it failed if it did.
     *
     * @throws Failure (environment) while another try may do better
     */
    TaskResult<FileBundle> make() {
        return TemporaryFolder.with(this::make);
    }

    private TaskResult<FileBundle> make(Path scratch) throws IOException {
        Experiment experiment = job.experiment();
        Path made = scratch.resolve(experiment.name());
        Workspace workspace = new Workspace(Path.of(home));
        try {
            new InProcessRunMaker(new ExperimentRun(workspace, job.dataFolder())).make(experiment, made);
            return sent(made, null);
        } catch (Failure failure) {
            if (TaskResult.mayDoBetter(failure, job.tries())) {
                throw failure;
            }
            return sent(made, TaskResult.plain(failure));
        }
    }

    private TaskResult<FileBundle> sent(Path made, Failure failure) throws IOException {
        RunDirectory.ended(made).ifPresent(run -> run.writeResult(run.result().movedTo(Path.of(folder))));
        return new TaskResult<>(FileBundle.of(made), failure);
    }
}
