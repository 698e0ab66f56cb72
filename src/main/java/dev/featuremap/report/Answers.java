package dev.featuremap.report;

import dev.featuremap.experiment.Split;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.TestData;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a run answered to its test data.
 *
 * @param name what the report calls the run
 * @param testData which examples they are; null where that is not known
 * @param predictions null where the run has none for the test data
 */
public record Answers(String name, RunDirectory run, String testData, Predictions predictions) {
    public static Answers of(String name, RunDirectory run) {
        boolean isTested = run.hasResult() && run.result().scoredSplit() == Split.TEST;
        return new Answers(
                name,
                run,
                TestData.sha256(run).orElse(null),
                isTested ? run.predictions().orElse(null) : null);
    }

    /** Why these answers and another's are not to the same examples, as far as known; empty where they are. */
    public Optional<String> whyNotPaired(Answers other) {
        if (!TestData.areSame(testData, other.testData)) {
            return Optional.of(
                    name + " and " + other.name
                            + " were tested on different data, so that their scores tell of the data as much as of the networks");
        }
        for (Answers one : new Answers[] {this, other}) {
            if (one.predictions == null) {
                return Optional.of(one.name + " has no answers to test data");
            }
        }
        boolean same = predictions.classNames().equals(other.predictions.classNames())
                && Arrays.equals(predictions.labels(), other.predictions.labels());
        return same
                ? Optional.empty()
                : Optional.of(name + " and " + other.name
                        + " have other test labels, so that their scores tell of the data as much as of the networks");
    }
}
