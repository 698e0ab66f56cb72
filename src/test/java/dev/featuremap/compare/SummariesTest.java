package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SummariesTest {
    @Test
    void tellsMeanDeviationAndIntervalOfThreeAccuracies() {
        Summary accuracy = summary(0.97, 0.98, 0.99);

        // On the logit scale: log(0.98/0.02) ± t(0.975, 2) · (0.01/√3) / (0.98 · 0.02), with t = 4.302652730 in printed
        // tables.
        double half = 4.302652730 * 0.01 / Math.sqrt(3) / (0.98 * 0.02);
        assertThat(accuracy.n()).isEqualTo(3);
        assertThat(accuracy.mean()).isCloseTo(0.98, within(1e-12));
        assertThat(accuracy.sd()).isCloseTo(0.01, within(1e-12));
        assertThat(accuracy.ci95().get(0)).isCloseTo(1 / (1 + Math.exp(half) / 49), within(1e-9));
        assertThat(accuracy.ci95().get(1)).isCloseTo(1 / (1 + Math.exp(-half) / 49), within(1e-9));
    }

    @Test
    void leavesOutRunsWithoutScoresAndMetricsThatNoRunHas() {
        assertThat(summary(0.97, Double.NaN, 0.99).n()).isEqualTo(2);
        assertThat(Outcomes.member("mse", Double.NaN).summary()).isEmpty();
        assertThat(Summaries.of(Outcomes.member("mse", 0.9).runs(), List.of(Metric.R2), 0))
                .isEmpty();
    }

    @Test
    void knowsNoSpreadOfOneValueAndNoIntervalWithout() {
        assertThat(summary(0.5)).isEqualTo(new Summary(1, 0.5, null, null));
        assertThat(summary(0.25, 0.25, 0.25)).isEqualTo(new Summary(3, 0.25, 0.0, null));
    }

    @Test
    void keepsIntervalsOfErrorsAboveZeroAndOfR2BelowOne() {
        Summary mse = Outcomes.member("mse", 0.97, 0.98, 0.99).summary().get("mse");
        double half = 4.302652730 * 0.01 / Math.sqrt(3) / 0.02;
        assertThat(mse.ci95().get(0)).isCloseTo(0.02 * Math.exp(-half), within(1e-9));
        assertThat(mse.ci95().get(1)).isCloseTo(0.02 * Math.exp(half), within(1e-9));

        List<RunOutcome> runs = DoubleStream.of(0.97, 0.98, 0.99)
                .mapToObj(r2 -> new RunOutcome(
                        1, null, RunStatus.DONE, null, "run", null, new Scores(9, 1, null, 1, 1, r2, null, null), null))
                .toList();
        Summary r2 = Summaries.of(runs, List.of(Metric.R2), 0).get("r2");
        assertThat(r2.mean()).isCloseTo(0.98, within(1e-12));
        assertThat(r2.ci95().get(0)).isCloseTo(1 - mse.ci95().get(1), within(1e-9));
        assertThat(r2.ci95().get(1)).isCloseTo(1 - mse.ci95().get(0), within(1e-9));
    }

    @Test
    void widensTheIntervalOfRunsThatShareData() {
        List<RunOutcome> runs = Outcomes.member("mse", 0.97, 0.98, 0.99).runs();

        // √(1/3 + 1/4) in the place of √(1/3).
        Summary folds = Summaries.of(runs, List.of(Metric.MSE), 0.25).get("mse");
        double half = 4.302652730 * 0.01 * Math.sqrt(1 / 3.0 + 0.25) / 0.02;
        assertThat(folds.ci95().get(1)).isCloseTo(0.02 * Math.exp(half), within(1e-9));
    }

    private static Summary summary(double... accuracies) {
        return Outcomes.member("mse", accuracies).summary().get("accuracy");
    }
}
