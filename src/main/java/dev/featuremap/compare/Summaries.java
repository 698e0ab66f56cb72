package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.statistics.Interval;
import dev.featuremap.statistics.Positives;
import dev.featuremap.statistics.Sample;
import dev.featuremap.statistics.Shares;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs that are alike but for their seeds, in figures. */
public final class Summaries {
    private Summaries() {}

    /**
     * Each metric over the runs that have scores; a metric no run has is left out.
     *
     * @param overlap of the runs' data, as in {@link Sample}
     */
    static Map<String, Summary> of(List<RunOutcome> runs, List<Metric> metrics, double overlap) {
        Map<String, Summary> summaries = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            double[] values = runs.stream()
                    .flatMapToDouble(run -> run.value(metric).stream())
                    .toArray();
            if (values.length > 0) {
                summaries.put(metric.word(), of(Sample.of(values, overlap), metric));
            }
        }
        return summaries;
    }

    /** A metric's values over runs; their interval is within what the metric can be. */
    public static Summary of(Sample sample, Metric metric) {
        return new Summary(
                sample.n(),
                sample.mean(),
                Double.isNaN(sample.sd()) ? null : (Double) sample.sd(),
                interval(sample, metric).map(Analysis::ends).orElse(null));
    }

    /** Within what the metric can be: 0 and 1 for accuracy, from 0 for errors, to 1 for R². */
    private static Optional<Interval> interval(Sample sample, Metric metric) {
        return switch (metric) {
            case ACCURACY -> Shares.interval(sample);
            case MSE, MAE, LOSS -> Positives.interval(sample);
            case R2 ->
                Positives.interval(new Sample(sample.n(), 1 - sample.mean(), sample.sd(), sample.overlap()))
                        .map(below -> new Interval(1 - below.high(), 1 - below.low()));
        };
    }
}
