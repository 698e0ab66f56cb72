package dev.featuremap.train;

import dev.featuremap.experiment.Experiment;
import java.nio.file.Path;
import java.util.List;

/**
 * One run of a comparison or a search: what {@code featuremap train BASE OVERRIDES --run-dir FOLDER} makes.
 *
 * @param member of the comparison or search whose run it is
 * @param base the file of the base experiment
 * @param overrides {@code key=value} that make the run's experiment of it
 * @param experiment what comes of the two
 * @param folder the run directory
 */
public record PlannedRun(String member, Path base, List<String> overrides, Experiment experiment, Path folder) {
    public PlannedRun {
        overrides = List.copyOf(overrides);
    }

    /** Whether it only tries something out: it is scored on validation data, and never sees the test data. */
    public boolean isTrial() {
        return !experiment.training().measureTest();
    }
}
