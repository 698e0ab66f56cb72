package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Question;
import java.util.List;
import java.util.Locale;

/** Differences in the ranking metric as sentences tell them: accuracy in percentage points, the others in their own unit. */
record DifferenceFigures(Question question) {
    Metric metric() {
        return Metric.valueOf(question.metric().toUpperCase(Locale.ROOT));
    }

    String metricName() {
        return metric() == Metric.R2 ? "R²" : metric().word();
    }

    String signed(double mean, List<Double> ci95) {
        return (mean < 0 ? "−" : "+") + plain(mean, ci95);
    }

    /** Without its sign, with half the width of its interval. */
    String plain(double mean, List<Double> ci95) {
        double half = (ci95.get(1) - ci95.get(0)) / 2;
        return metric() == Metric.ACCURACY
                ? String.format(Locale.ROOT, "%.2f ± %.2f points", 100 * Math.abs(mean), 100 * half)
                : String.format(Locale.ROOT, "%.4f ± %.4f", Math.abs(mean), half);
    }

    String signedMean(double mean) {
        String figure = metric() == Metric.ACCURACY
                ? String.format(Locale.ROOT, "%+.2f points", 100 * mean)
                : String.format(Locale.ROOT, "%+.4f", mean);
        return figure.replace('-', '−');
    }

    /** Within what members are equal. */
    String margin() {
        double margin = question.equivalence().get(question.metric());
        return metric() == Metric.ACCURACY
                ? " within " + decimal(100 * margin) + " points"
                : " within " + decimal(margin);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.6g", number).replaceFirst("\\.?0+$", "");
    }
}
