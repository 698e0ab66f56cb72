package dev.featuremap.compare;

import dev.featuremap.jobs.PlannedRuns;
import java.util.OptionalDouble;

/** Is told how a comparison goes, by one thread at a time. */
public interface ComparisonWatcher extends PlannedRuns.Watcher {
    /**
     * A member's learning rate was chosen.
     *
     * @param value the figure of merit on validation data that chose it; empty where no rate has one, and it is the first
     */
    default void chose(String member, double learningRate, String metric, OptionalDouble value) {}

    /**
     * The differences were looked at, before more seeds are added.
     *
     * @param seeds after how many
     * @param open how many of the questions are not decided
     */
    default void looked(int seeds, int open, int questions) {}
}
