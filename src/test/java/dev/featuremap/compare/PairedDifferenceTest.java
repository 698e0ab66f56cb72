package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    @Test
    void pairsRunsOfTheSameSeed() {
        Member mse = Outcomes.member("mse", 0.90, 0.95, 0.99);
        Member mae = Outcomes.member("mae", 0.88, 0.94, 0.96);

        PairedDifference paired = PairedDifference.of(mae, mse, Metric.ACCURACY);
        Difference difference = paired.told();

        // −0.02, −0.01, −0.03: mean −0.02, sd 0.01, t(0.975, 2) = 4.302652730.
        double half = 4.302652730 * 0.01 / Math.sqrt(3);
        assertThat(difference.member()).isEqualTo("mae");
        assertThat(difference.against()).isEqualTo("mse");
        assertThat(difference.metric()).isEqualTo("accuracy");
        assertThat(difference.mean()).isCloseTo(-0.02, within(1e-12));
        assertThat(difference.ci95().get(0)).isCloseTo(-0.02 - half, within(1e-9));
        assertThat(difference.ci95().get(1)).isCloseTo(-0.02 + half, within(1e-9));
        assertThat(difference.effectSize()).isCloseTo(-2, within(1e-9));
    }

    @Test
    void leavesOutSeedsThatOneOfTheTwoHasNoScoresFor() {
        Member mse = Outcomes.member("mse", 0.90, Double.NaN, 0.99, 0.97);
        Member mae = Outcomes.member("mae", Double.NaN, 0.94, 0.98, 0.95);

        PairedDifference paired = PairedDifference.of(mae, mse, Metric.ACCURACY);
        Difference difference = paired.told();

        assertThat(paired.paired().n()).isEqualTo(2);
        assertThat(difference.mean()).isCloseTo(-0.015, within(1e-12));
    }

    @Test
    void saysNothingOfTheSpreadOfOneSeed() {
        Difference difference = PairedDifference.of(
                        Outcomes.member("mae", 0.9), Outcomes.member("mse", 0.8), Metric.ACCURACY)
                .told();

        assertThat(difference.mean()).isCloseTo(0.1, within(1e-12));
        assertThat(difference.ci95()).isNull();
        assertThat(difference.effectSize()).isNull();
    }
}
