package dev.featuremap.compare;

/** Is told how a comparison goes, by one thread at a time. */
public interface ComparisonWatcher {
    /**
     * Runs are about to be made.
     *
     * @param runs how many there are to be
     * @param there how many of them have been made before
     */
    default void began(int runs, int there) {}

    /** A run came to an end, or failed. */
    default void ended(PlannedRun run, RunOutcome outcome) {}

    /** A member's learning rate was chosen, by this mean figure of merit on held-out training data. */
    default void chose(String member, double learningRate, String metric, double value) {}
}
