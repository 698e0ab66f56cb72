package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.statistics.Interval;
import dev.featuremap.statistics.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples as files tell them. */
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
                summaries.put(metric.word(), of(Sample.of(values)));
            }
        }
        return summaries;
    }

    private static Summary of(Sample sample) {
        return new Summary(
                sample.n(), sample.mean(), Double.isNaN(sample.sd()) ? null : (Double) sample.sd(), ci95(sample));
    }

    /** The ends of the mean's 95 % interval; null without spread. */
    static List<Double> ci95(Sample sample) {
        return sample.interval().map(Summaries::ends).orElse(null);
    }

    private static List<Double> ends(Interval interval) {
        return List.of(interval.low(), interval.high());
    }
}
