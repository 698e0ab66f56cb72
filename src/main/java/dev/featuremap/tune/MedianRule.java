package dev.featuremap.tune;

import dev.featuremap.experiment.TrainingSpec.Abandon;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.MetricsRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * The median stopping rule (Golovin et al. 2017, Google Vizier): a candidate stops after an epoch when the best it has
 * reached is worse than the median of what earlier ones had reached on average by then.
 */
final class MedianRule {
    /** A candidate is measured against those drawn at least this many before it, all of which have ended by then. */
    static final int LAG = 4;

    private static final int FEWEST = 3;

    private final Metric metric;

    /** @param rankedBy what candidates are ranked by; r2, which metrics leave out, falls as the mse rises */
    MedianRule(Metric rankedBy) {
        this.metric = rankedBy == Metric.R2 ? Metric.MSE : rankedBy;
    }

    /**
     * What tells a run when to stop; empty when too few candidates are there to judge by.
     *
     * @param earlier the metrics of the candidates it is measured against
     */
    Optional<Abandon> abandon(List<List<MetricsRow>> earlier) {
        List<Double> behind = medians(earlier);
        return behind.isEmpty() ? Optional.empty() : Optional.of(new Abandon(metric, behind));
    }

    /** By epoch, the median of the averages since the start, as long as enough candidates have got there. */
    List<Double> medians(List<List<MetricsRow>> earlier) {
        List<Double> medians = new ArrayList<>();
        List<List<Double>> averages = earlier.stream().map(this::averages).toList();
        while (true) {
            int epoch = medians.size();
            double[] there = averages.stream()
                    .filter(run -> run.size() > epoch)
                    .mapToDouble(run -> run.get(epoch))
                    .toArray();
            if (there.length < FEWEST) {
                return medians;
            }
            medians.add(new Median().evaluate(there));
        }
    }

    private List<Double> averages(List<MetricsRow> rows) {
        List<Double> averages = new ArrayList<>();
        double sum = 0;
        for (MetricsRow row : MetricsRow.watched(rows)) {
            sum += row.value(metric).orElseThrow();
            averages.add(sum / (averages.size() + 1));
        }
        return averages;
    }
}
