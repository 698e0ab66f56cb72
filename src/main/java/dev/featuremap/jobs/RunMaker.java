package dev.featuremap.jobs;

import dev.featuremap.experiment.Experiment;
import java.nio.file.Path;

/** Makes the planned runs of a comparison or a search. */
public interface RunMaker {
    /**
     * Trains and evaluates an experiment into a folder, which is not there yet.
     *
     * @throws dev.featuremap.Failure with the reason when the run fails or diverges
     */
    void make(Experiment experiment, Path folder);

    /**
     * Goes on with a run whose folder holds checkpoints of it.
     *
     * @return whether this maker can; where it cannot, nothing was done
     * @throws dev.featuremap.Failure as when made; (model) when all its checkpoints are damaged
     */
    default boolean resume(Path folder) {
        return false;
    }
}
