package dev.featuremap.statistics;

/** What can be said of a difference. */
public enum Verdict {
    /** It is above 0. */
    GREATER,
    /** It is below 0. */
    LESS,
    /** It is within the margin of equivalence, whether or not it is 0. */
    EQUAL,
    /** None of these, yet. */
    OPEN
}
