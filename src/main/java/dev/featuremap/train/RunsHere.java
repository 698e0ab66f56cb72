package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.backend.Memory;
import dev.featuremap.run.RunDirectory;
import java.util.List;

/** Makes runs in this process, one after the other. */
public final class RunsHere implements RunMaker {
    private final ExperimentRun experiments;

    public RunsHere(ExperimentRun experiments) {
        this.experiments = experiments;
    }

    @Override
    public void make(PlannedRun run) {
        guarded(run, () -> experiments.run(run.experiment(), RunDirectory.create(run.folder()), TrainingWatcher.NONE));
    }

    @Override
    public boolean resume(PlannedRun run) {
        guarded(run, () -> experiments.resume(RunDirectory.openBegun(run.folder()), List.of(), TrainingWatcher.NONE));
        return true;
    }

    private static void guarded(PlannedRun run, Runnable training) {
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
                    "train it alone with --debug: featuremap train "
                            + run.folder().resolve("experiment.yaml"),
                    e);
        }
    }
}
