package dev.featuremap.train;

import dev.featuremap.experiment.Experiment;
import java.nio.file.Path;

/**
 * One run of a comparison or a search.
 *
 * @param member of the comparison or search whose run it is
 * @param folder the run directory
 */
public record PlannedRun(String member, Experiment experiment, Path folder) {
    /** Whether it only tries something out: it is scored on validation data, and never sees the test data. */
    public boolean isTrial() {
        return !experiment.training().measureTest();
    }
}
