package dev.featuremap.jobs;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.StopFile;
import java.nio.file.Path;

/**
 * Begins no further run once the end of the comparison or the search was asked for; those that are being trained hear of it by themselves.
 *
 * @param stop in the folder of the whole
 */
public record StoppableRunMaker(RunMaker maker, StopFile stop) implements RunMaker {
    @Override
    public void make(Experiment experiment, Path folder) {
        endIfAsked();
        maker.make(experiment, folder);
    }

    @Override
    public boolean resume(Path folder) {
        endIfAsked();
        return maker.resume(folder);
    }

    private void endIfAsked() {
        if (stop.isThere()) {
            throw new Failure(
                    Failure.Kind.TERMINATED, "stopped before it began", "the same command goes on where it stopped");
        }
    }
}
