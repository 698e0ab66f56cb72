package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.experiment.TrainingSpec.Abandon;
import dev.featuremap.run.MetricsRow;
import java.util.List;

/** Whether training is behind, told from the metrics of its epochs alone: a resumed run decides as the whole one. */
final class Abandonment {
    private Abandonment() {}

    /**
     * Whether the best value until an epoch is worse than the one given for it.
     *
     * @param rows the metrics of all splits, of that epoch and those before
     * @param epoch counted from 1
     */
    static boolean isBehind(Abandon abandon, List<MetricsRow> rows, int epoch) {
        if (epoch < 1 || epoch > abandon.behind().size()) {
            return false;
        }
        boolean higher = abandon.metric().isBetterWhenHigher();
        double[] values = MetricsRow.watched(rows).stream()
                .filter(row -> row.epoch() <= epoch)
                .mapToDouble(row -> value(row, abandon))
                .sorted()
                .toArray();
        double given = abandon.behind().get(epoch - 1);
        return higher ? values[values.length - 1] < given : values[0] > given;
    }

    private static double value(MetricsRow row, Abandon abandon) {
        return row.value(abandon.metric())
                .orElseThrow(() -> Failure.usage(
                        "training.abandon: the metric " + abandon.metric().word()
                                + " does not exist for this data's labels",
                        "watch loss, mse or mae; accuracy is for classes"));
    }
}
