package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.util.OptionalDouble;

/**
 * What came of one run of a comparison or a search.
 *
 * @param fold which fold of its seed's is held out, from 1; null where none is
 * @param cause why it diverged or failed; null for the others
 * @param runDir its run directory
 * @param validation its scores on the validation split; null where it has none
 * @param test its scores on the test split; null where it has none, as a trial
 * @param testData says which examples the test split is; null where they are not known
 */
@JsonInclude(Include.NON_NULL)
public record RunOutcome(
        long seed,
        Integer fold,
        RunStatus status,
        String cause,
        String runDir,
        Scores validation,
        Scores test,
        String testData) {
    /** What it is called among its member's runs, such as {@code seed 1} or {@code seed 1, fold 2}. */
    public String name() {
        return "seed " + seed + (fold == null ? "" : ", fold " + fold);
    }

    /** Whether it came to an end that counts. */
    public boolean hasScores() {
        return cause == null && scores() != null;
    }

    /** Its scores on the test split, or of a trial on the validation split; null where it has none. */
    public Scores scores() {
        return test == null ? validation : test;
    }

    /** Whether both were tested on the same examples, as far as known. */
    public boolean isTestedAs(RunOutcome other) {
        return TestData.areSame(testData, other.testData);
    }

    /** One figure of its scores; empty when there is none, or it is no finite number. */
    public OptionalDouble value(Metric metric) {
        OptionalDouble value = hasScores() ? scores().value(metric) : OptionalDouble.empty();
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value : OptionalDouble.empty();
    }
}
