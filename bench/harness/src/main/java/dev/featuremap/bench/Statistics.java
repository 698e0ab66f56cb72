package dev.featuremap.bench;

import java.util.Arrays;
import java.util.Collection;

/** Median and extremes of some values. */
record Statistics(double median, double least, double most, int count) {
    static Statistics of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return new Statistics((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1], n);
    }

    static Statistics of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
