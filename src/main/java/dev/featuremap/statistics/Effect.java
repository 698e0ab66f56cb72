package dev.featuremap.statistics;

/**
 * Cohen's d_z (Cohen 1988): a mean of differences in their standard deviations.
 *
 * @param interval of d
 */
public record Effect(double d, Interval interval) {}
