package dev.featuremap.compare;

/** Makes the runs of a comparison. */
public interface RunMaker {
    /**
     * Trains and evaluates a run into its folder, which is not there yet.
     *
     * @throws dev.featuremap.Failure with the reason when the run fails or diverges
     */
    void make(PlannedRun run);
}
