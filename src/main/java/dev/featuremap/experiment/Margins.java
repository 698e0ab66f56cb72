package dev.featuremap.experiment;

import dev.featuremap.experiment.TrainingSpec.Metric;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How large a difference in a metric must be to matter; in the file a map from metrics to numbers, or a bare number for accuracy.
 *
 * @param values accuracy's in percentage points, the others' in their own unit
 */
public record Margins(Map<Metric, Double> values) {
    static final String ALLOWED =
            "a number above 0, in percentage points of accuracy and below 100, or a map with accuracy, mse, mae or r2";

    private static final double POINTS = 100;

    public Margins {
        values = values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(values));
        if (values.isEmpty()
                || values.containsKey(Metric.LOSS)
                || values.values().stream().anyMatch(margin -> !(margin > 0) || margin > 1e9)
                || values.getOrDefault(Metric.ACCURACY, 1.0) >= POINTS) {
            throw new IllegalArgumentException("expected " + ALLOWED);
        }
    }

    /** A metric's margin on the metric's own scale, where accuracy is a share of 1; empty: none is named. */
    public OptionalDouble of(Metric metric) {
        Double margin = values.get(metric);
        if (margin == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(metric == Metric.ACCURACY ? margin / POINTS : margin);
    }
}
