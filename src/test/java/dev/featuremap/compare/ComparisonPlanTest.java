package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.run.ComparisonDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonPlanTest {
    private static final String VALUES =
            "data={source: mnist, label: value} network={layers: [{type: output, units: 1, activation: identity}]}";

    @TempDir
    Path folder;

    @Test
    void makesAMembersExperimentOfTheBase() throws IOException {
        ComparisonPlan plan = Plans.of(folder, "training.epochs=3", "training.batchSize=5");

        PlannedRun run = plan.runs(
                        plan.variants()
                                .get(plan.comparison().allMembers().get(1))
                                .get(0),
                        2,
                        new ComparisonDirectory(folder.resolve("c")))
                .get(0);

        assertThat(run.experiment().loss()).contains(Loss.MAE);
        assertThat(run.experiment().seed()).isEqualTo(2);
        assertThat(run.experiment().name()).isEqualTo("small-mae");
        assertThat(run.experiment().training().epochs()).isEqualTo(3);
        assertThat(run.experiment().training().batchSize()).isEqualTo(5);
        assertThat(run.folder()).isEqualTo(folder.resolve("c/mae/seed-2"));
        assertThat(run.isTrial()).isFalse();
    }

    @Test
    void showsItsBaseAndItsFirstMembersExperiment() throws IOException {
        ComparisonPlan plan = Plans.of(folder, "training.epochs=3", "comparison.seeds=[7, 5]");

        assertThat(plan.base().name()).isEqualTo("tiny");
        assertThat(plan.base().training().epochs()).isEqualTo(3);
        assertThat(plan.first().name()).isEqualTo("small-mse");
        assertThat(plan.first().loss()).contains(Loss.MSE);
        assertThat(plan.first().seed()).isEqualTo(7);
    }

    @Test
    void ranksClassesByAccuracyAndValuesByR2() throws IOException {
        assertThat(Plans.of(folder).metric()).isEqualTo(Metric.ACCURACY);
        ComparisonPlan values = Plans.of(folder, VALUES.split(" (?=network)"));
        assertThat(values.metric()).isEqualTo(Metric.R2);
        assertThat(values.metrics()).containsExactly(Metric.MSE, Metric.MAE, Metric.R2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.epoch=1 | set: training.epoch: unknown key",
                "comparison.members=[{name: bad, set: [network.layrs=1]}] | member bad: network.layrs: unknown key",
                "comparison.members=[{name: bad, set: ['network.layers[7].units=1']}] | member bad: network.layers[7]: the list has 2 items",
                "comparison.metric=r2 | metric: found r2; allowed for this data's labels: accuracy, mse, mae",
                "comparison.losses=[mse, mape] | member mape: loss: found mape",
            })
    void refusesWhatDoesNotFitBeforeAnythingIsTrained(String override, String cause) {
        assertThatThrownBy(() -> Plans.of(folder, override)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
            assertThat(failure).hasMessageStartingWith(cause);
        });
    }

    @Test
    void refusesPointsOfAGridThatAreTheSame() {
        assertThatThrownBy(() -> Plans.of(
                        folder,
                        "comparison.losses=[]",
                        "comparison.grid={training.updater.learningRate: [0.001, 1e-3]}"))
                .hasMessageContaining("are the same experiment");
    }

    @Test
    void refusesAMarginForAnotherMetricThanTheOneThatRanks() {
        assertThatThrownBy(() -> Plans.of(folder, "comparison.metric=mse", "comparison.equivalence=0.1"))
                .hasMessageContaining("equivalence: names no margin for mse");
    }

    @Test
    void refusesAMemberCalledLikeAFileOfTheComparison() {
        assertThatThrownBy(() -> Plans.of(folder, "comparison.members=[{name: Report.html, set: [loss=l1]}]"))
                .hasMessageContaining("members: found one called Report.html");
    }
}
