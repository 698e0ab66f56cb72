package dev.featuremap.compare;

import dev.featuremap.train.PlannedRuns;

/** Is told how a comparison goes, by one thread at a time. */
public interface ComparisonWatcher extends PlannedRuns.Watcher {
    /** A member's learning rate was chosen, by this mean figure of merit on validation data. */
    default void chose(String member, double learningRate, String metric, double value) {}
}
