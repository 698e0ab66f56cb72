package dev.featuremap.tune;

import dev.featuremap.run.TuningResult.Candidate;

/** Is told how a search goes, by one thread at a time. */
public interface TuningWatcher {
    /** Watches nothing. */
    TuningWatcher NONE = new TuningWatcher() {};

    /**
     * A candidate has ended.
     *
     * @param before whether it was made by an earlier command
     * @param best whether it is the best so far
     */
    default void ended(Candidate candidate, boolean before, boolean best) {}

    /** The best candidate is about to be trained on all training data. */
    default void training(Candidate best) {}
}
