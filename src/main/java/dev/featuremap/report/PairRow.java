package dev.featuremap.report;

import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.TestSet;
import java.util.List;
import java.util.Locale;

/**
 * A pair of members in the ranking metric as tables show it; "–" stands where there is nothing.
 *
 * @param pair member − against
 * @param mark {@code ▲ better} and the like, of the first of the two
 * @param effect Cohen's d_z with its interval
 * @param needed about how many seeds would decide
 * @param testSet null where that was not worked out
 */
record PairRow(
        String pair,
        String difference,
        String interval,
        String mark,
        String p,
        String pSignFlip,
        String pAdjusted,
        String pEquality,
        String effect,
        String needed,
        Luck testSet) {
    private static final String NONE = "–";

    /**
     * What the test examples' own luck adds.
     *
     * @param interval over seeds and examples together
     * @param shares of the mean's variance that come from the seeds, the examples and both, 0..1; null where nothing varies
     */
    record Luck(String figure, int examples, String interval, List<Double> shares, String pMcNemar) {}

    static PairRow of(Difference difference) {
        MetricFigures figures = MetricFigures.of(difference.metric());
        VerdictMark mark = VerdictMark.of(difference);
        return new PairRow(
                difference.member() + " − " + difference.against(),
                figures.difference(difference.mean()),
                difference.ci95() == null ? NONE : figures.differences(difference.ci95()),
                mark.symbol + " " + mark.word,
                probability(difference.p()),
                probability(difference.pSignFlip()),
                probability(difference.pAdjusted()),
                probability(difference.pEquality()),
                effect(difference),
                difference.seedsNeeded() == null ? NONE : String.valueOf(difference.seedsNeeded()),
                luck(difference.testSet(), figures));
    }

    private static Luck luck(TestSet testSet, MetricFigures figures) {
        if (testSet == null) {
            return null;
        }
        return new Luck(
                testSet.figure(),
                testSet.examples(),
                testSet.ci95() == null ? NONE : figures.differences(testSet.ci95()),
                testSet.seed() == null ? null : List.of(testSet.seed(), testSet.example(), testSet.both()),
                probability(testSet.pMcNemar()));
    }

    private static String effect(Difference difference) {
        if (difference.effectSize() == null) {
            return NONE;
        }
        String size = signed(difference.effectSize());
        return difference.effectCi95() == null
                ? size
                : size + " (" + signed(difference.effectCi95().get(0)) + " to "
                        + signed(difference.effectCi95().get(1)) + ")";
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%.1f", value)
                .replaceFirst("^-(0\\.0)$", "$1")
                .replace('-', '−');
    }

    private static String probability(Double p) {
        return p == null ? NONE : p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }
}
