package dev.featuremap.statistics;

/**
 * A verdict and what it rests on.
 *
 * @param pDifference p-value of no difference, after the correction over all looks and all pairs
 * @param pEquality p-value of a difference beyond the margin, after the same; NaN without a margin
 */
public record Decision(Verdict verdict, double pDifference, double pEquality) {}
