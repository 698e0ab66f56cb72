package dev.featuremap.report;

import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.Mistakes;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import java.util.List;

/**
 * A run as its report shows it; what the run does not have is null.
 *
 * @param partial why there is no result yet
 * @param split that the model is scored on: test, or where that was not measured validation
 * @param scores of the model on that split
 * @param watched the split whose scores are those of each epoch
 * @param interval where the accuracy on data of the same kind lies
 * @param sources of the mistakes, in their order
 * @param configuration the experiment as YAML
 */
record RunView(
        RunResult result,
        String partial,
        String split,
        Scores scores,
        String watched,
        boolean values,
        Interval interval,
        NetworkTable network,
        List<MetricsRow> rows,
        Confusion confusion,
        Mistakes mistakes,
        List<MistakeSource> sources,
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
        private static final double Z = 1.959963984540054;

        static Interval ofShare(double share, long examples) {
            double n = examples;
            double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
            double half = Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
            return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
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
                    .sorted()
                    .toArray();
            int last = seconds.length - 1;
            return last < 0
                    ? null
                    : new Timing((seconds[last / 2] + seconds[(last + 1) / 2]) / 2, seconds[0], seconds[last]);
        }
    }
}
