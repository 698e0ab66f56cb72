package dev.featuremap.statistics;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Two classifiers on the same examples, by those that only one of them answers rightly (McNemar 1947).
 *
 * @param onlyFirst how many only the first answers rightly
 * @param onlySecond how many only the second answers rightly
 */
public record McNemar(int onlyFirst, int onlySecond) {
    /** The exact two-sided p-value: of n disagreements each falls to either with chance ½. 1 without disagreement. */
    public double p() {
        int disagreements = onlyFirst + onlySecond;
        double below = new BinomialDistribution(null, disagreements, 0.5)
                .cumulativeProbability(Math.min(onlyFirst, onlySecond));
        return Math.min(1, 2 * below);
    }
}
