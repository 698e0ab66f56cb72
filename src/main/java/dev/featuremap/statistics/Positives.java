package dev.featuremap.statistics;

import java.util.Optional;

/** Means of figures above 0, such as mean squared errors, which an interval must not pass. */
public final class Positives {
    private Positives() {}

    /**
     * The 95 % interval of the mean m, made on the scale of logarithms and brought back: m · exp(± t · se / m), the delta
     * method (Agresti 2013, 16.1). Always above 0. Empty without spread and for one value.
     */
    public static Optional<Interval> interval(Sample sample) {
        double half = sample.halfWidth() / sample.mean();
        return sample.hasSpread()
                ? Optional.of(new Interval(sample.mean() * Math.exp(-half), sample.mean() * Math.exp(half)))
                : Optional.empty();
    }
}
