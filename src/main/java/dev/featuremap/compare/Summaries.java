package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.statistics.Sample;
import dev.featuremap.statistics.Shares;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A member's runs in figures. */
final class Summaries {
    private Summaries() {}

    /** Each metric over the runs that have scores; a metric no run has is left out. */
    static Map<String, Summary> of(List<RunOutcome> runs, List<Metric> metrics) {
        Map<String, Summary> summaries = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            double[] values = runs.stream()
                    .flatMapToDouble(run -> run.value(metric).stream())
                    .toArray();
            if (values.length > 0) {
                summaries.put(metric.word(), of(values, metric));
            }
        }
        return summaries;
    }

    private static Summary of(double[] values, Metric metric) {
        Sample sample = Sample.of(values);
        return new Summary(
                sample.n(),
                sample.mean(),
                Double.isNaN(sample.sd()) ? null : (Double) sample.sd(),
                (metric == Metric.ACCURACY ? Shares.interval(values) : sample.interval())
                        .map(Analysis::ends)
                        .orElse(null));
    }
}
