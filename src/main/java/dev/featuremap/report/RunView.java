package dev.featuremap.report;

import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.Mistakes;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * A run as its report shows it; what the run does not have is null.
 *
 * @param partial why there is no result yet
 * @param split that the model is scored on: test, or where that was not measured validation
 * @param scores of the model on that split
 * @param labelNoise probability with which a training or validation label is of another class; 0 for none
 * @param watched the split whose scores are those of each epoch
 * @param interval where the accuracy on data of the same kind lies
 * @param sources of the mistakes, in their order
 * @param augmented training examples as they are and as epochs varied them: a PNG as Base64
 * @param configuration the experiment as YAML
 */
record RunView(
        RunResult result,
        String partial,
        String split,
        Scores scores,
        double labelNoise,
        String watched,
        boolean values,
        Interval interval,
        NetworkTable network,
        List<MetricsRow> rows,
        Confusion confusion,
        Mistakes mistakes,
        List<MistakeSource> sources,
        String augmented,
        FirstLayer firstLayer,
        Calibration calibration,
        ValueFit fit,
        Timing timing,
        Provenance provenance,
        String configuration) {

    /**
     * A share's 95 % interval after Wilson (1927), which holds near 0 and 1 too.
     *
     * @param low and {@code high}: 0..1
     */
    record Interval(double low, double high) {
        static Interval ofShare(double share, int examples) {
            ConfidenceInterval found =
                    new WilsonScoreInterval().createInterval(examples, (int) Math.round(share * examples), 0.95);
            return new Interval(Math.max(0, found.getLowerBound()), Math.min(1, found.getUpperBound()));
        }
    }

    /**
     * How long the epochs took, evaluation left out.
     *
     * @param median {@code shortest} and {@code longest}: seconds of an epoch
     */
    record Timing(double median, double shortest, double longest) {
        static Timing of(List<MetricsRow> rows) {
            double[] seconds = rows.stream()
                    .filter(row -> row.seconds() != null)
                    .mapToDouble(MetricsRow::seconds)
                    .toArray();
            return seconds.length == 0
                    ? null
                    : new Timing(new Median().evaluate(seconds), StatUtils.min(seconds), StatUtils.max(seconds));
        }
    }
}
