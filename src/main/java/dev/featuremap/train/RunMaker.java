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
     * @return whether this maker can; where it cannot, nothing was done
     * @throws dev.featuremap.Failure as when made; (model) when all its checkpoints are damaged
     */
    default boolean resume(PlannedRun run) {
        return false;
    }
}
