package dev.featuremap.train;

import dev.featuremap.Failure;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.Scores;
import dev.featuremap.run.TrainingState;
import java.util.OptionalDouble;

/** The best value so far of one metric of the validation split, and how long ago that was. */
final class Improvement {
    private final Metric metric;
    private final double minDelta;
    private double best = Double.NaN;
    private int bestEpoch;

    /**
     * Goes on from what was best before.
     *
     * @param before null when no epoch was
     */
    Improvement(Metric metric, double minDelta, TrainingState.Best before) {
        this.metric = metric;
        this.minDelta = minDelta;
        if (before != null) {
            best = before.value();
            bestEpoch = before.epoch();
        }
    }

    /**
     * Takes in the scores of an epoch; true when they are the best so far by more than the least difference. Scores in which
     * the metric is not defined are never the best.
     */
    boolean isBest(int epoch, Scores scores) {
        OptionalDouble found = value(scores);
        if (found.isEmpty()) {
            return false;
        }
        double value = found.getAsDouble();
        double gain = metric.isBetterWhenHigher() ? value - best : best - value;
        if (Double.isNaN(best) || gain > minDelta) {
            best = value;
            bestEpoch = epoch;
            return true;
        }
        return false;
    }

    /** Epochs from the best one to {@code epoch}. */
    int epochsSince(int epoch) {
        return epoch - bestEpoch;
    }

    /** What is best so far; null before the first epoch with a value. */
    TrainingState.Best state() {
        return bestEpoch == 0 ? null : new TrainingState.Best(best, bestEpoch);
    }

    private OptionalDouble value(Scores scores) {
        OptionalDouble value = scores.value(metric);
        boolean isUndefined = metric == Metric.R2 && scores.whyNoR2().isPresent();
        if (value.isEmpty() && !isUndefined) {
            throw Failure.usage(
                    "the metric " + metric.word() + " does not exist for this data's labels",
                    "watch loss, mse or mae; accuracy is for classes, r2 for values");
        }
        return value;
    }
}
