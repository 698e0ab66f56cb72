package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.run.Scores.ClassScores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
    private static final List<List<Integer>> CONFUSION = List.of(List.of(3, 1), List.of(2, 4));
    private static final ClassScores X = new ClassScores("X", 4, 3 / 5.0, 3 / 4.0, 6 / 9.0);
    private static final ClassScores O = new ClassScores("O", 6, 4 / 5.0, 4 / 6.0, 8 / 11.0);

    @Test
    void followFromTheConfusionMatrix() {
        Scores scores = Scores.ofClasses(0.5, 0.25, 0.125, CONFUSION, List.of("X", "O"));

        assertThat(scores).isEqualTo(scores(10, 0.7, CONFUSION, List.of(X, O)));
        assertThat(scores.classNames()).containsExactly("X", "O");
        assertThat(scores.whyNoR2()).isEmpty();
    }

    @Test
    void ofNoExamplesAndOfAClassThatIsNeverNamedAreZero() {
        List<List<Integer>> none = List.of(List.of(0, 0), List.of(0, 0));

        assertThat(Scores.ofClasses(0, 0, 0, none, List.of("X", "O")).accuracy())
                .isZero();
        assertThat(Scores.ofClasses(0, 0, 0, none, List.of("X", "O")).classes())
                .containsExactly(new ClassScores("X", 0, 0, 0, 0), new ClassScores("O", 0, 0, 0, 0));
    }

    @Test
    void mayBeRoundedInAnotherOrder() {
        assertThat(scores(10, 0.7 + 9e-10, CONFUSION, List.of(X, O)).accuracy()).isNotEqualTo(0.7);
        assertThatThrownBy(() -> scores(10, 0.7 + 2e-9, CONFUSION, List.of(X, O)))
                .hasMessageEndingWith("but the confusion matrix has 7 right of 10");
    }

    @Test
    void refuseWhatTheConfusionMatrixDoesNotSay() {
        assertThatThrownBy(() -> scores(11, 0.7, CONFUSION, List.of(X, O)))
                .hasMessage("the confusion matrix counts 10 examples, not 11, each at least 0");
        assertThatThrownBy(() -> scores(10, 0.7, List.of(List.of(5, -1), List.of(2, 4)), List.of(X, O)))
                .hasMessage("the confusion matrix counts 10 examples, not 10, each at least 0");
        assertThatThrownBy(() -> scores(10, null, CONFUSION, List.of(X, O)))
                .hasMessage("the accuracy is null, but the confusion matrix has 7 right of 10");
        for (ClassScores wrong : List.of(
                new ClassScores("O", 5, 4 / 5.0, 4 / 6.0, 8 / 11.0),
                new ClassScores("O", 6, 0.9, 4 / 6.0, 8 / 11.0),
                new ClassScores("O", 6, 4 / 5.0, 0.9, 8 / 11.0),
                new ClassScores("O", 6, 4 / 5.0, 4 / 6.0, 0.9))) {
            assertThatThrownBy(() -> scores(10, 0.7, CONFUSION, List.of(X, wrong)))
                    .hasMessage("the confusion matrix makes " + O + ", not " + wrong);
        }
    }

    @Test
    void refuseAConfusionMatrixOfOtherClasses() {
        assertThatThrownBy(() -> scores(10, 0.7, CONFUSION, null))
                .hasMessage("a confusion matrix and the classes' scores go together");
        assertThatThrownBy(() -> scores(10, 0.7, null, List.of(X, O)))
                .hasMessage("a confusion matrix and the classes' scores go together");
        assertThatThrownBy(() -> scores(4, 0.75, List.of(List.of(3, 1)), List.of(X, O)))
                .hasMessage("the confusion matrix is not one of 2 classes");
        assertThatThrownBy(() -> scores(10, 0.7, List.of(List.of(3, 1), List.of(2)), List.of(X, O)))
                .hasMessage("the confusion matrix is not one of 2 classes");
    }

    @Test
    void ofValuesWhoseLabelsAreAllTheSameSayWhyTheyHaveNoR2() throws IOException {
        Scores scores = new Scores(10, 0.5, null, 0.25, 0.125, Double.NEGATIVE_INFINITY, null, null);

        assertThat(scores.r2()).isNull();
        assertThat(scores.whyNoR2()).contains("all labels are the same");
        assertThat(Json.write(scores)).contains("\"r2\" : null", "\"r2_reason\" : \"all labels are the same\"");
        assertThat(Json.read(Json.write(scores).getBytes(StandardCharsets.UTF_8), Scores.class))
                .isEqualTo(scores);
        Scores explained = new Scores(10, 0.5, null, 0.25, 0.125, 0.5, null, null);
        assertThat(explained.whyNoR2()).isEmpty();
        assertThat(Json.write(explained)).contains("\"r2\" : 0.5").doesNotContain("r2_reason");
        assertThat(explained.classNames()).isEmpty();
    }

    private static Scores scores(
            long examples, Double accuracy, List<List<Integer>> confusion, List<ClassScores> classes) {
        return new Scores(examples, 0.5, accuracy, 0.25, 0.125, null, confusion, classes);
    }
}
