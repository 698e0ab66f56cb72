package dev.featuremap.statistics;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** How many values would decide a question that those seen leave open. */
public final class SeedsNeeded {
    private static final int MOST = 1000;

    private SeedsNeeded() {}

    /**
     * The smallest number of values, more than were seen, at which a mean and a standard deviation like the ones seen would
     * give a p-value within the level: for the difference from 0 or, where there is a margin, for equality within it.
     * Empty beyond 1,000, and without spread.
     */
    public static OptionalInt about(Sample sample, OptionalDouble margin, double level) {
        return IntStream.rangeClosed(sample.n() + 1, MOST)
                .filter(n -> isDecided(new Sample(n, sample.mean(), sample.sd(), sample.overlap()), margin, level))
                .findFirst();
    }

    private static boolean isDecided(Sample sample, OptionalDouble margin, double level) {
        return sample.pOfZero() <= level
                || (margin.isPresent() && sample.pOfEquivalence(margin.getAsDouble()) <= level);
    }
}
