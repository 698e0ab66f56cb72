package dev.featuremap.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec.Abandon;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.MetricsRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MedianRuleTest {
    @Test
    void isTheMedianOfWhatOthersReachedOnAverage() {
        List<List<MetricsRow>> earlier = List.of(run(0.5, 0.7), run(0.6, 0.8), run(0.9, 0.9));

        assertThat(new MedianRule(Metric.ACCURACY).medians(earlier)).containsExactly(0.6, 0.7);
        assertThat(new MedianRule(Metric.ACCURACY).abandon(earlier))
                .contains(new Abandon(Metric.ACCURACY, List.of(0.6, 0.7)));
    }

    @Test
    void judgesAnEpochOnlyWhenThreeGotThere() {
        assertThat(new MedianRule(Metric.ACCURACY).medians(List.of(run(0.5, 0.7), run(0.6, 0.8), run(0.9))))
                .containsExactly(0.6);
        assertThat(new MedianRule(Metric.ACCURACY).abandon(List.of(run(0.5), run(0.6))))
                .isEmpty();
    }

    @Test
    void measuresR2ByTheMse() {
        List<List<MetricsRow>> earlier = List.of(run(0.5), run(0.75), run(0.875));

        assertThat(new MedianRule(Metric.R2).abandon(earlier)).contains(new Abandon(Metric.MSE, List.of(0.25)));
    }

    /** A run's metrics: its test accuracies by epoch, mse what is missing to 1. */
    private static List<MetricsRow> run(double... accuracies) {
        List<MetricsRow> rows = new ArrayList<>();
        for (int epoch = 1; epoch <= accuracies.length; epoch++) {
            double accuracy = accuracies[epoch - 1];
            rows.add(new MetricsRow(epoch, epoch, Split.TRAIN, 0, 1.0, 0, 0, 1.0, 1.0));
            rows.add(new MetricsRow(epoch, epoch, Split.TEST, 0, accuracy, 1 - accuracy, 0, null, null));
        }
        return rows;
    }
}
