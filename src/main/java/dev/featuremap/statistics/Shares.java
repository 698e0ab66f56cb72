package dev.featuremap.statistics;

import java.util.Optional;

/** Means of shares, such as accuracies: figures between 0 and 1 that an interval must not leave. */
public final class Shares {
    private Shares() {}

    /**
     * The 95 % interval of the mean share m, made on the scale of log odds and brought back: logit(m) ± t · se / (m (1 −
     * m)), the delta method (Agresti 2013, 16.1). Always within 0 and 1, and wider towards the middle. Empty without spread
     * and for one value.
     */
    public static Optional<Interval> interval(Sample sample) {
        double mean = sample.mean();
        double logit = Math.log(mean / (1 - mean));
        double half = sample.halfWidth() / (mean * (1 - mean));
        return sample.hasSpread()
                ? Optional.of(new Interval(share(logit - half), share(logit + half)))
                : Optional.empty();
    }

    private static double share(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
