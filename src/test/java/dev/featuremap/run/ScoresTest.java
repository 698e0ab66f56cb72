package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.Scores.ClassScores;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
    private static final Scores OF_CLASSES = new Scores(
            3,
            0.5,
            0.75,
            0.25,
            0.125,
            null,
            List.of(List.of(1, 0), List.of(1, 1)),
            List.of(new ClassScores("X", 1, 0.5, 1, 0.6), new ClassScores("O", 2, 1, 0.5, 0.6)));

    @Test
    void haveEachFigureByItsMetric() {
        assertThat(OF_CLASSES.value(Metric.LOSS)).hasValue(0.5);
        assertThat(OF_CLASSES.value(Metric.ACCURACY)).hasValue(0.75);
        assertThat(OF_CLASSES.value(Metric.MSE)).hasValue(0.25);
        assertThat(OF_CLASSES.value(Metric.MAE)).hasValue(0.125);
        assertThat(OF_CLASSES.value(Metric.R2)).isEmpty();
        assertThat(ofValues(0.9).value(Metric.R2)).hasValue(0.9);
        assertThat(ofValues(0.9).value(Metric.ACCURACY)).isEmpty();
    }

    @Test
    void sayWhyThereIsNoR2OfValues() {
        assertThat(ofValues(0.9).whyNoR2()).isEmpty();
        assertThat(OF_CLASSES.whyNoR2()).isEmpty();
        assertThat(ofValues(Double.NEGATIVE_INFINITY)).isEqualTo(ofValues(null));
        assertThat(ofValues(null).whyNoR2()).contains("all labels are the same");
        assertThat(Json.write(ofValues(null))).contains("\"r2\" : null", "\"r2_reason\" : \"all labels are the same\"");
        assertThat(Json.write(OF_CLASSES)).doesNotContain("r2");
    }

    @Test
    void refuseAConfusionMatrixThatIsNotTheClasses() {
        assertThatThrownBy(() -> with(List.of(List.of(1, 0)), OF_CLASSES.classes()))
                .hasMessage("the confusion matrix is not one of 2 classes");
        assertThatThrownBy(() -> with(List.of(List.of(1, 0), List.of(1)), OF_CLASSES.classes()))
                .hasMessage("the confusion matrix is not one of 2 classes");
        assertThatThrownBy(() -> with(null, OF_CLASSES.classes()))
                .hasMessage("a confusion matrix and the classes' scores go together");
        assertThatThrownBy(() -> with(OF_CLASSES.confusion(), null))
                .hasMessage("a confusion matrix and the classes' scores go together");
    }

    private static Scores ofValues(Double r2) {
        return new Scores(3, 0.5, null, 0.25, 0.125, r2, null, null);
    }

    private static Scores with(List<List<Integer>> confusion, List<ClassScores> classes) {
        return new Scores(3, 0.5, 0.75, 0.25, 0.125, null, confusion, classes);
    }
}
