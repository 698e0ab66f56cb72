package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class HintTest {
    @Test
    void saysWhenOneClassOnlyIsNamed() {
        assertThat(Hint.of(classes(List.of(0, 50), List.of(0, 50)), List.of()))
                .hasValueSatisfying(hint -> assertThat(hint).startsWith("it names every example O: try more"));
    }

    @Test
    void saysWhenChanceWouldDoAsWell() {
        assertThat(Hint.of(classes(List.of(26, 24), List.of(23, 27)), List.of()))
                .hasValueSatisfying(
                        hint -> assertThat(hint)
                                .startsWith(
                                        "naming the most frequent class every time would be right at least as often (50.00 %)"));
        assertThat(Hint.of(classes(List.of(90, 0), List.of(9, 1)), List.of())).isPresent();
        // Of a hundred, half of them of each class, one standard error is 5: 55 right is chance still, 56 is not.
        assertThat(Hint.of(classes(List.of(28, 22), List.of(23, 27)), List.of()))
                .isPresent();
        assertThat(Hint.of(classes(List.of(28, 22), List.of(22, 28)), List.of()))
                .isEmpty();
        // Of nine in ten of one class, it is 3: 93 against 94.
        assertThat(Hint.of(classes(List.of(90, 0), List.of(7, 3)), List.of())).isPresent();
        assertThat(Hint.of(classes(List.of(90, 0), List.of(6, 4)), List.of())).isEmpty();
    }

    @Test
    void saysNothingOfANetworkThatHasLearned() {
        assertThat(Hint.of(classes(List.of(40, 10), List.of(10, 40)), List.of(row(1, 0.7, 0.5), row(2, 0.5, 0.8))))
                .isEmpty();
        // The first epoch was enough.
        assertThat(Hint.of(classes(List.of(50, 0), List.of(0, 50)), List.of(row(1, 0.01, 1.0), row(2, 0.02, 1.0))))
                .isEmpty();
        assertThat(Hint.of(classes(List.of(50, 0), List.of(0, 0)), List.of())).isEmpty();
    }

    @Test
    void saysWhenTheLossDidNotFall() {
        assertThat(Hint.of(classes(List.of(40, 10), List.of(10, 40)), List.of(row(1, 0.5, 0.8), row(2, 0.9, 0.7))))
                .contains(
                        "the training loss did not fall after the first epoch (0.5000, at the end 0.9000): try a lower"
                                + " training.updater.learningRate");
    }

    @Test
    void aLossThatStaysIsOneThatDidNotFall() {
        List<List<Integer>> learned = List.of(List.of(40, 10), List.of(10, 40));
        assertThat(Hint.of(classes(learned.get(0), learned.get(1)), List.of(row(1, 0.5, 0.8), row(2, 0.5, 0.7))))
                .isPresent();
    }

    @Test
    void saysWhenValuesAreNoBetterThanTheirMean() {
        assertThat(Hint.of(result(new Scores(10, 1, null, 1, 1, -0.5, null, null)), List.of()))
                .isPresent();
        assertThat(Hint.of(result(new Scores(10, 1, null, 1, 1, 0.0, null, null)), List.of()))
                .isPresent();
        assertThat(Hint.of(result(new Scores(10, 1, null, 1, 1, 0.5, null, null)), List.of()))
                .isEmpty();
        assertThat(Hint.of(result(new Scores(10, 1, null, 1, 1, null, null, null)), List.of()))
                .isEmpty();
    }

    private static RunResult classes(List<Integer> ofX, List<Integer> ofO) {
        return result(Scores.ofClasses(0.5, 0.1, 0.1, List.of(ofX, ofO), List.of("X", "O")));
    }

    private static RunResult result(Scores test) {
        return new RunResult(
                "n",
                1,
                RunStatus.DONE,
                new DataShape(1, 2, 2, test.accuracy() == null ? List.of() : List.of("X", "O")),
                2,
                2,
                null,
                null,
                null,
                test,
                new RunResult.Training("nd4j", "f32", 1, 1),
                "0".repeat(64),
                "run");
    }

    private static MetricsRow row(int epoch, double loss, double accuracy) {
        return new MetricsRow(epoch, epoch, Split.TRAIN, loss, accuracy, 0.1, 0.1, 1.0, 1.0);
    }
}
