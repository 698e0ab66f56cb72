package dev.featuremap.jobs;

import dev.featuremap.Failure;
import dev.featuremap.backend.Memory;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.TrainingWatcher;
import java.nio.file.Path;
import java.util.List;

/** Makes runs in this process, one after the other. */
public final class InProcessRunMaker implements RunMaker {
    private final ExperimentRun experiments;

    public InProcessRunMaker(ExperimentRun experiments) {
        this.experiments = experiments;
    }

    @Override
    public void make(Experiment experiment, Path folder) {
        guarded(folder, () -> experiments.run(experiment, RunDirectory.create(folder), TrainingWatcher.NONE));
    }

    @Override
    public boolean resume(Path folder) {
        guarded(folder, () -> experiments.resume(RunDirectory.openBegun(folder), List.of(), TrainingWatcher.NONE));
        return true;
    }

    private static void guarded(Path folder, Runnable training) {
        try {
            training.run();
        } catch (Failure failure) {
            throw failure;
        } catch (OutOfMemoryError e) {
            throw Memory.exhausted(e);
        } catch (RuntimeException e) {
            throw Failure.environment(
                    "unexpected " + e.getClass().getSimpleName() + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("no message"),
                    "train it alone with --debug: featuremap train " + folder.resolve(RunDirectory.EXPERIMENT),
                    e);
        }
    }
}
