package dev.featuremap.run;

import java.util.Objects;

/**
 * What a {@code result.json} tells at a glance; {@link RunResult} reads all of it, and checks that it goes together.
 *
 * @param epochs trained to their end
 * @param validation scores on the validation split; null where there are none
 * @param test scores on the test split; null where there are none
 */
public record RunSummary(RunStatus status, int epochs, Measured validation, Measured test, Speed training) {
    public RunSummary {
        Objects.requireNonNull(status);
        Objects.requireNonNull(training);
    }

    /** Scores of {@code model.zip} on the split that tells how good it is; null for a run without a model. */
    public Measured scores() {
        return test == null ? validation : test;
    }

    /** Scores without those of each class. */
    public record Measured(double loss, Double accuracy, double mse, double mae, Double r2) implements Figures {}

    /**
     * How it was trained.
     *
     * @param engine what stepped the network
     * @param seconds spent training, evaluation left out
     */
    public record Speed(String engine, double seconds) {}
}
