package dev.featuremap.report;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.page.Chart.Axis;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** How a metric's values and differences are written: accuracy in per cent and in points, others in four places. */
record MetricFigures(Metric metric) {
    /** @param word as in {@code comparison.json} */
    static MetricFigures of(String word) {
        return new MetricFigures(Metric.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    boolean higherIsBetter() {
        return metric.isBetterWhenHigher();
    }

    /** As a sentence calls it. */
    String name() {
        return switch (metric) {
            case ACCURACY -> "accuracy";
            case R2 -> "R²";
            case MSE -> "mean squared error";
            case MAE -> "mean absolute error";
            case LOSS -> "own loss";
        };
    }

    /** As a heading calls it. */
    String title() {
        return name().substring(0, 1).toUpperCase(Locale.ROOT) + name().substring(1);
    }

    /** Of what a difference is one. */
    String unit() {
        return isShare() ? "percentage points of accuracy" : name();
    }

    Axis valueAxis() {
        return isShare() ? Axis.share(name()) : Axis.of(name());
    }

    /** A difference in the unit it is written in. */
    double shown(double difference) {
        return isShare() ? 100 * difference : difference;
    }

    String value(double value) {
        return isShare() ? String.format(Locale.ROOT, "%.2f %%", 100 * value) : unsigned(value);
    }

    /** Both ends of an interval of values. */
    String values(List<Double> interval) {
        return value(interval.get(0)) + " to " + value(interval.get(1));
    }

    /** A difference with its sign, which a zero has not. */
    String difference(double difference) {
        String text = isShare() ? String.format(Locale.ROOT, "%.2f", 100 * difference) : unsigned(difference);
        if (text.matches("-?0\\.0*")) {
            return text.replace("-", "");
        }
        return text.startsWith("-") ? "−" + text.substring(1) : "+" + text;
    }

    /** Both ends of an interval of differences. */
    String differences(List<Double> interval) {
        return difference(interval.get(0)) + " to " + difference(interval.get(1));
    }

    /** The least difference that matters, with its unit. */
    String margin(double margin) {
        String number = new BigDecimal(shown(margin))
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
        return isShare() ? number + " points" : number;
    }

    private boolean isShare() {
        return metric == Metric.ACCURACY;
    }

    /** What four places would make a zero has two digits. */
    private static String unsigned(double value) {
        boolean small = value != 0 && Math.abs(value) < 5e-4;
        return String.format(Locale.ROOT, small ? "%.1e" : Math.abs(value) < 1000 ? "%.4f" : "%,.1f", value)
                .replaceFirst("e-0", "e-");
    }
}
