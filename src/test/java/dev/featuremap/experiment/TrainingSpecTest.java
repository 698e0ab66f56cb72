package dev.featuremap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSpecTest {
    @ParameterizedTest
    @CsvSource({
        "20, 1, 2", // two whole batches
        "21, 1, 3", // and a smaller one
        "21, 2, 2", // which is left out where it is too small
        "22, 2, 3",
        "1, 2, 1", // unless it is the only one
        "10, 2, 1"
    })
    void anEpochHasAStepForEachBatchThatIsLargeEnough(int examples, int least, int steps) {
        assertThat(training("").stepsPerEpoch(examples, least)).isEqualTo(steps);
    }

    @Test
    void holdsOutATenthWhereSomethingNeedsValidationData() {
        assertThat(training("").hasValidation()).isFalse();
        assertThat(training("").watchers()).isEmpty();
        for (String watcher : List.of(
                ", earlyStopping: {}", ", abandon: {behind: [1]}", ", keepBest: true", ", measureTest: false")) {
            assertThat(training(watcher).validationShare()).contains(0.1);
            assertThat(training(watcher).hasValidation()).isTrue();
        }
        assertThat(training(", keepBest: true, validationShare: 0.3").validationShare())
                .contains(0.3);
        assertThat(training(", validationShare: 0").hasValidation()).isFalse();
    }

    @Test
    void namesAllThatWatchesValidationData() {
        assertThat(training(", earlyStopping: {}, abandon: {behind: [1]}, keepBest: true, measureTest: false")
                        .watchers())
                .contains("earlyStopping and training.abandon and training.keepBest and training.measureTest=false");
        assertThatThrownBy(() -> training(", keepBest: true, validationShare: 0"))
                .hasMessage(
                        "x.yaml:7: training.validationShare: found 0; allowed: more than 0, or nothing: training.keepBest"
                                + " needs validation data, as nothing is chosen by the test data");
    }

    @Test
    void holdsOutAFoldInsteadOfAShare() {
        TrainingSpec fold = training(", keepBest: true, validationFold: {fold: 2, of: 5}");

        assertThat(fold.hasValidation()).isTrue();
        assertThat(fold.validation()).contains("validationFold 2 of 5");
        assertThat(fold.validationShare()).isEmpty();
        assertThat(training(", validationShare: 0.3").validation()).contains("validationShare 0.3");
        assertThat(training("").validation()).isEmpty();
        assertThatThrownBy(() -> training(", validationShare: 0.1, validationFold: {fold: 2, of: 5}"))
                .hasMessage("x.yaml:7: training.validationShare: found 0.1; allowed: nothing, or null:"
                        + " training.validationFold holds out fold 2 of 5");
        assertThatThrownBy(() -> training(", validationFold: {fold: 6, of: 5}"))
                .hasMessage("x.yaml:7: training.validationFold.fold: found 6; allowed: at most of = 5");
        assertThatThrownBy(() -> training(", validationFold: {fold: 1, of: 1}"))
                .hasMessageContaining("training.validationFold.of: found 1");
    }

    @Test
    void abandonsByNoMetricThatIsNotInTheMetricsFile() {
        assertThatThrownBy(() -> training(", abandon: {metric: r2, behind: [1]}"))
                .hasMessage(
                        "x.yaml:7: training.abandon.metric: found r2; allowed: loss, accuracy, mse or mae, which are in"
                                + " metrics.csv");
        assertThat(training(", abandon: {metric: mae, behind: [3, 2]}").abandon())
                .contains(new TrainingSpec.Abandon(TrainingSpec.Metric.MAE, List.of(3.0, 2.0)));
    }

    @Test
    void moreIsBetterOfAccuracyAndR2Only() {
        assertThat(TrainingSpec.Metric.values())
                .filteredOn(TrainingSpec.Metric::isBetterWhenHigher)
                .containsExactly(TrainingSpec.Metric.ACCURACY, TrainingSpec.Metric.R2);
        assertThat(TrainingSpec.Metric.R2.isBetter(0.9, 0.8)).isTrue();
        assertThat(TrainingSpec.Metric.MAE.isBetter(0.9, 0.8)).isFalse();
        assertThat(TrainingSpec.Metric.MAE.isBetter(0.8, 0.9)).isTrue();
        assertThat(TrainingSpec.Metric.ACCURACY.isBetter(0.9, 0.9)).isFalse();
        assertThat(TrainingSpec.Metric.MSE.isBetter(0.9, 0.9)).isFalse();
        assertThat(TrainingSpec.Metric.MSE.word()).isEqualTo("mse");
    }

    @Test
    void changesOnlyWhatIsAskedFor() {
        TrainingSpec training = training("");
        TrainingSpec.Spark four = TrainingSpec.Spark.DEFAULT.with(4);

        assertThat(four).isEqualTo(new TrainingSpec.Spark(Optional.of(4), 128, TrainingSpec.Spark.By.FEATUREMAP));
        assertThat(training.with(change -> change.spark = Optional.of(four)))
                .isEqualTo(training(", spark: {workers: 4}"));
        assertThat(training.with(change -> {})).isEqualTo(training);
        assertThat(training.asTrial(0.3)).isEqualTo(training(", validationShare: 0.3, measureTest: false"));
        TrainingSpec fold = training(", validationFold: {fold: 2, of: 5}, measureTest: false");
        assertThat(training.asFold(2, 5)).isEqualTo(fold);
        assertThat(training.asTrial(0.3).asFold(2, 5)).isEqualTo(fold);
        assertThat(fold.asTrial(0.3)).isEqualTo(training.asTrial(0.3));
        assertThat(TrainingSpec.Checkpoint.DEFAULT.withoutEpochEnds())
                .isEqualTo(new TrainingSpec.Checkpoint(Optional.empty(), 5, false, 2, false));
    }

    private static TrainingSpec training(String more) {
        return ExperimentFile.parse("""
                        name: x
                        data: {source: mnist}
                        network:
                          layers:
                            - {type: dense, units: 3}
                            - {type: output, units: 10}
                        training: {epochs: 1, batchSize: 10%s}
                        """.formatted(more), "x.yaml", List.of()).training();
    }
}
