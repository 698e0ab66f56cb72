package dev.featuremap.train;

/** Makes the planned runs of a comparison or a search. */
public interface RunMaker {
    /**
     * Trains and evaluates a run into its folder, which is not there yet.
     *
     * @throws dev.featuremap.Failure with the reason when the run fails or diverges
     */
    void make(PlannedRun run);
}
