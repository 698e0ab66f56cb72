package dev.featuremap.train;

/** Makes the planned runs of a comparison or a search. */
public interface RunMaker {
    /**
     * Trains and evaluates a run into its folder, which is not there yet.
     *
     * @throws dev.featuremap.Failure with the reason when the run fails or diverges
     */
    void make(PlannedRun run);

    /**
     * Goes on with a run whose folder holds checkpoints of it.
     *
     * @throws dev.featuremap.Failure likewise; (model) when all its checkpoints are damaged
     */
    void resume(PlannedRun run);
}
