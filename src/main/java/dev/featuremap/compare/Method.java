package dev.featuremap.compare;

import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Interaction;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.statistics.SignFlipTest;
import dev.featuremap.statistics.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * By which tests a conclusion was come to, and where another test says otherwise.
 *
 * @param differences in the ranking metric
 */
record Method(Question question, List<Difference> differences, List<Interaction> interactions) {
    /** With a space before the first; empty where nothing was tested. */
    String sentences() {
        List<Difference> tested =
                differences.stream().filter(one -> one.p() != null).toList();
        if (tested.isEmpty()) {
            return "";
        }
        String folds = question.folds() == null
                ? "t-intervals of the differences between runs of the same seed"
                : "intervals of the differences between runs of the same seed and fold, by the corrected resampled t-test";
        return " The ± are 95 % " + folds + ", signed figures those of the member they stand behind less the other's"
                + together() + "." + signFlips(tested);
    }

    /** What the verdicts hold for together. */
    private String together() {
        long questions = Stream.concat(
                        differences.stream().map(Difference::n),
                        interactions.stream().map(Interaction::n))
                .filter(n -> n >= Conclusion.FEWEST_SEEDS)
                .count();
        int looks = question.looks().size();
        List<String> all = new ArrayList<>();
        List<String> ways = new ArrayList<>();
        if (questions > 1) {
            all.add(questions + " questions");
            ways.add("Holm's correction");
        }
        if (looks > 1) {
            all.add(looks + " looks");
            ways.add("linear spending of the 5 % over the looks");
        }
        return all.isEmpty()
                ? ""
                : "; \"beats\"" + (question.equivalence() == null ? " holds" : " and \"equals\" hold")
                        + " at 5 % for all "
                        + String.join(" and ", all) + " together (" + String.join(", ", ways)
                        + "), \"may beat\" only for that pair by itself";
    }

    /** What the test says that does not assume a normal distribution, where that is not the same. */
    private static String signFlips(List<Difference> tested) {
        List<Difference> claimed = tested.stream()
                .filter(one -> one.pSignFlip() != null && (one.verdict().isShown() || one.holdsAlone()))
                .toList();
        int fewest = claimed.stream().mapToInt(Difference::n).min().orElse(Integer.MAX_VALUE);
        if (SignFlipTest.smallest(fewest) > Verdicts.LEVEL) {
            return String.format(
                    Locale.ROOT,
                    " They assume that differences are normally distributed; a sign-flip test, which does not, cannot reach"
                            + " 5 %% with %d pairs of runs (its least p is %.4g).",
                    fewest,
                    SignFlipTest.smallest(fewest));
        }
        List<String> disagreeing = claimed.stream()
                .filter(one -> one.pSignFlip() > Verdicts.LEVEL)
                .map(one -> String.format(
                        Locale.ROOT, "%s and %s (p = %.3f)", one.member(), one.against(), one.pSignFlip()))
                .toList();
        return disagreeing.isEmpty()
                ? ""
                : " The sign-flip test, which does not assume that differences are normally distributed, does not tell apart "
                        + String.join(", ", disagreeing) + ".";
    }
}
