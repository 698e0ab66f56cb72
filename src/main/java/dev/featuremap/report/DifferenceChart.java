package dev.featuremap.report;

import dev.featuremap.run.ComparisonResult.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The paired differences of the members in one metric, each a point in its 95 % interval on one scale.
 *
 * @param metric as in {@code comparison.json}
 * @param percent whether the metric is a share, and differences are percentage points
 * @param higherIsBetter what a difference to the right means
 * @param low and {@code high}: the ends of the scale
 * @param zero where no difference lies, from 0 (left) to 100 (right)
 */
record DifferenceChart(
        String metric,
        String against,
        boolean percent,
        boolean higherIsBetter,
        double low,
        double high,
        double zero,
        List<Row> rows) {
    /** The metrics all members share, in the order of interest; losses are on different scales and are not among them. */
    private static final List<String> METRICS = List.of("accuracy", "r2", "mse", "mae");

    /**
     * One member.
     *
     * @param place of the mean, {@code from} and {@code to} of the interval: 0 (left) to 100 (right)
     * @param leavesOutZero whether the interval does
     */
    record Row(Difference difference, double place, double from, double to, boolean leavesOutZero) {}

    static List<DifferenceChart> of(List<Difference> differences) {
        return METRICS.stream()
                .map(metric -> differences.stream()
                        .filter(one -> one.metric().equals(metric)
                                && one.against().equals(differences.get(0).against()))
                        .toList())
                .flatMap(those -> of(those.isEmpty() ? null : those.get(0), those).stream())
                .toList();
    }

    private static Optional<DifferenceChart> of(Difference first, List<Difference> differences) {
        if (first == null) {
            return Optional.empty();
        }
        double[] ends = differences.stream()
                .flatMapToDouble(one -> one.ci95() == null
                        ? DoubleStream.of(one.mean())
                        : one.ci95().stream().mapToDouble(Double::doubleValue))
                .toArray();
        double least = Math.min(0, DoubleStream.of(ends).min().orElse(0));
        double greatest = Math.max(0, DoubleStream.of(ends).max().orElse(0));
        double margin = least == greatest ? 1 : 0.06 * (greatest - least);
        double low = least - margin;
        double high = greatest + margin;
        List<Row> rows = new ArrayList<>();
        for (Difference one : differences) {
            List<Double> interval = one.ci95() == null ? List.of(one.mean(), one.mean()) : one.ci95();
            rows.add(new Row(
                    one,
                    place(one.mean(), low, high),
                    place(interval.get(0), low, high),
                    place(interval.get(1), low, high),
                    one.ci95() != null && (interval.get(0) > 0 || interval.get(1) < 0)));
        }
        return Optional.of(new DifferenceChart(
                first.metric(),
                first.against(),
                first.metric().equals("accuracy"),
                first.metric().equals("accuracy") || first.metric().equals("r2"),
                low,
                high,
                place(0, low, high),
                rows));
    }

    private static double place(double value, double low, double high) {
        return 100 * (value - low) / (high - low);
    }
}
