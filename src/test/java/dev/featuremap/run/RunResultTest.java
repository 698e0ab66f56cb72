package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunResultTest {
    private static final Scores GOOD = scores(0.75);
    private static final Scores BAD = scores(0.25);

    @Test
    void isScoredOnTestDataOrWhereThatWasNotMeasuredOnValidationData() {
        assertThat(result(GOOD, BAD).scoredSplit()).isEqualTo(Split.TEST);
        assertThat(result(GOOD, BAD).scores()).isEqualTo(BAD);
        assertThat(result(GOOD, null).scoredSplit()).isEqualTo(Split.VALIDATION);
        assertThat(result(GOOD, null).scores()).isEqualTo(GOOD);
    }

    @Test
    void changesOnlyWhatIsAskedFor() {
        RunResult before = result(GOOD, null);
        RunResult after = before.withTest(BAD).movedTo(Path.of("/elsewhere"));

        assertThat(after.test()).isEqualTo(BAD);
        assertThat(after.runDir()).isEqualTo("/elsewhere");
        assertThat(after.withTest(null).movedTo(Path.of("run"))).isEqualTo(before);
    }

    @Test
    void refusesScoresOfOtherClasses() {
        Scores one = new Scores(
                1, 1, 1.0, 0, 0, null, List.of(List.of(1)), List.of(new Scores.ClassScores("X", 1, 1, 1, 1)));

        assertThatThrownBy(() -> result(null, one)).hasMessage("scores of the classes [X], but the data has [X, O]");
        assertThatThrownBy(() -> result(one, null)).hasMessage("scores of the classes [X], but the data has [X, O]");
    }

    @Test
    void refusesABestEpochThatWasNotTrained() {
        assertThat(kept(1).bestEpoch()).isEqualTo(1);
        assertThat(kept(2).bestEpoch()).isEqualTo(2);
        for (int epoch : new int[] {0, 3}) {
            assertThatThrownBy(() -> kept(epoch)).hasMessage("best_epoch is " + epoch + " of 2");
        }
    }

    private static RunResult kept(int epoch) {
        RunResult one = result(GOOD, null);
        return new RunResult(
                one.name(),
                one.seed(),
                one.status(),
                one.data(),
                one.epochs(),
                one.steps(),
                epoch,
                null,
                GOOD,
                null,
                one.training(),
                one.parametersSha256(),
                one.runDir());
    }

    @Test
    void anOutcomeCountsWhenItHasScoresAndNoCause() {
        RunOutcome tested = outcome(null, GOOD, BAD, "a");
        assertThat(tested.hasScores()).isTrue();
        assertThat(tested.value(Metric.ACCURACY)).hasValue(0.25);
        assertThat(outcome(null, GOOD, null, "a").value(Metric.ACCURACY)).hasValue(0.75);
        assertThat(outcome("diverged", GOOD, BAD, "a").hasScores()).isFalse();
        assertThat(outcome("diverged", GOOD, BAD, "a").value(Metric.ACCURACY)).isEmpty();
        assertThat(outcome(null, null, null, "a").hasScores()).isFalse();
        assertThat(outcome(null, null, scores(Double.NaN), "a").value(Metric.ACCURACY))
                .isEmpty();
        assertThat(tested.value(Metric.R2)).isEmpty();
    }

    @Test
    void outcomesAreTestedAlikeUnlessTheirDataAreKnownToDiffer() {
        RunOutcome a = outcome(null, null, GOOD, "a");
        assertThat(a.isTestedAs(outcome(null, null, BAD, "a"))).isTrue();
        assertThat(a.isTestedAs(outcome(null, null, BAD, "b"))).isFalse();
        assertThat(a.isTestedAs(outcome(null, null, BAD, null))).isTrue();
        assertThat(outcome(null, null, BAD, null).isTestedAs(a)).isTrue();
    }

    private static RunOutcome outcome(String cause, Scores validation, Scores test, String testData) {
        return new RunOutcome(1, null, RunStatus.DONE, cause, "run", validation, test, testData);
    }

    private static RunResult result(Scores validation, Scores test) {
        return new RunResult(
                "n",
                1,
                RunStatus.DONE,
                new DataShape(1, 2, 2, List.of("X", "O")),
                2,
                20,
                null,
                null,
                validation,
                test,
                new RunResult.Training("nd4j", "f32", 1, 1),
                "ab".repeat(32),
                "run");
    }

    private static Scores scores(double accuracy) {
        return new Scores(10, 0.5, accuracy, 0.1, 0.1, null, null, null);
    }
}
