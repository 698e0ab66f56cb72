package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.RunOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    @Test
    void takesRunsOfTheSameSeed() {
        Member mse = Outcomes.member("mse", 0.90, 0.95, 0.99);
        Member mae = Outcomes.member("mae", 0.88, 0.94, 0.96);

        assertThat(PairedDifference.of(mae, mse, Metric.ACCURACY).values())
                .containsExactly(new double[] {-0.02, -0.01, -0.03}, within(1e-12));
        // Of an error, 1 − accuracy here, the difference has the other sign.
        assertThat(PairedDifference.of(mae, mse, Metric.MSE).values())
                .containsExactly(new double[] {0.02, 0.01, 0.03}, within(1e-12));
    }

    @Test
    void hasNoneWhereOneOfTheTwoHasNoScoresAndEndsWithTheShorter() {
        Member mse = Outcomes.member("mse", 0.90, Double.NaN, 0.99, 0.97, 0.96);
        Member mae = Outcomes.member("mae", Double.NaN, 0.94, 0.98, 0.95);

        assertThat(PairedDifference.of(mae, mse, Metric.ACCURACY).values())
                .containsExactly(new double[] {Double.NaN, Double.NaN, -0.01, -0.02}, within(1e-12));
    }

    @Test
    void doesNotPairRunsOnOtherTestDataOrOtherFolds() {
        Member one = Outcomes.memberOn("a", "mse", 0.9, 0.8);
        assertThat(PairedDifference.of(Outcomes.memberOn("b", "mae", 0.9, 0.8), one, Metric.ACCURACY)
                        .values())
                .containsOnly(Double.NaN);

        Member otherFolds = new Member(
                "mae",
                List.of(),
                null,
                one.runs().stream()
                        .map(run -> new RunOutcome(
                                run.seed(), 2, run.status(), null, "run", null, run.test(), run.testData()))
                        .toList(),
                Map.of());
        assertThat(PairedDifference.of(otherFolds, one, Metric.ACCURACY).values())
                .containsOnly(Double.NaN);
    }
}
