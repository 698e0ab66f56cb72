package dev.featuremap.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What can be said of many paired differences that are looked at once or again and again as seeds are added.
 *
 * <p>Two families of tests, each with 5 % of error for all its pairs and looks together: two-sided t-tests for
 * differences, and two one-sided t-tests for equality within a margin. A pair's p-value is the least of p / share over the
 * looks taken, which holds under any dependence between looks and any rule of stopping, that of single pairs included; Holm's
 * correction over the pairs follows (Maurer and Bretz 2013). Where both families say yes, the difference is real and smaller
 * than what matters: equal, as in Kruschke's region of practical equivalence (Kruschke 2018).
 */
public final class Verdicts {
    /** The error of each family. */
    public static final double LEVEL = 0.05;

    private Verdicts() {}

    /** As of {@link #of(List, OptionalDouble, Looks, double)}, of independent differences. */
    public static List<Decision> of(List<double[]> differences, OptionalDouble margin, Looks looks) {
        return of(differences, margin, looks, 0);
    }

    /**
     * A decision for each pair, in their order.
     *
     * @param differences of each pair, in the order of the planned seeds: NaN where one of the two has no score, and not
     *     longer than the seeds that were run for it. A look is taken when its number of seeds was run
     * @param margin differences within ± which are equal for all practical purposes
     * @param overlap as in {@link Sample}
     */
    public static List<Decision> of(List<double[]> differences, OptionalDouble margin, Looks looks, double overlap) {
        List<Best> difference = best(differences, looks, overlap, Sample::pOfZero);
        double[] pDifference = adjusted(difference);
        double[] pEquality = new double[differences.size()];
        Arrays.fill(pEquality, Double.NaN);
        if (margin.isPresent()) {
            pEquality =
                    adjusted(best(differences, looks, overlap, sample -> sample.pOfEquivalence(margin.getAsDouble())));
        }
        List<Decision> decisions = new ArrayList<>();
        for (int pair = 0; pair < differences.size(); pair++) {
            decisions.add(new Decision(
                    verdict(
                            pDifference[pair],
                            pEquality[pair],
                            difference.get(pair).mean()),
                    pDifference[pair],
                    pEquality[pair]));
        }
        return decisions;
    }

    private static Verdict verdict(double pDifference, double pEquality, double mean) {
        if (pEquality <= LEVEL) {
            return Verdict.EQUAL;
        }
        if (pDifference <= LEVEL) {
            return mean > 0 ? Verdict.GREATER : Verdict.LESS;
        }
        return Verdict.OPEN;
    }

    private static double[] adjusted(List<Best> best) {
        return Holm.adjusted(best.stream().mapToDouble(Best::p).toArray());
    }

    private static List<Best> best(
            List<double[]> differences, Looks looks, double overlap, ToDoubleFunction<Sample> test) {
        return differences.stream()
                .map(values -> best(values, looks, overlap, test))
                .toList();
    }

    /** The look that says most. */
    private static Best best(double[] differences, Looks looks, double overlap, ToDoubleFunction<Sample> test) {
        Best best = new Best(1, Double.NaN);
        for (int look = 0; look < looks.at().size() && looks.at().get(look) <= differences.length; look++) {
            double[] scored = Arrays.stream(differences, 0, looks.at().get(look))
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            Sample sample = Sample.of(scored, overlap);
            double p = test.applyAsDouble(sample) / looks.share(look);
            if (p < best.p()) {
                best = new Best(p, sample.mean());
            }
        }
        return best;
    }

    /** The least p-value over the looks, and the mean at the look it comes from. */
    private record Best(double p, double mean) {}
}
