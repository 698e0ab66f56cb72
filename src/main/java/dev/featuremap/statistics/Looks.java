package dev.featuremap.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * At how many seeds a comparison is looked at, planned before the first.
 *
 * <p>Whoever looks more than once is more often wrong, unless the looks share the error. Each look spends what the seeds
 * since the one before it are of all (linear spending; Lan and DeMets 1983, Kim and DeMets 1987).
 *
 * @param at the number of seeds at each look, rising
 */
public record Looks(List<Integer> at) {
    public Looks {
        at = List.copyOf(at);
        int before = 0;
        for (int seeds : at) {
            if (seeds <= before) {
                throw new IllegalArgumentException("looks must rise from 1 seed or more, not be " + at);
            }
            before = seeds;
        }
        if (at.isEmpty()) {
            throw new IllegalArgumentException("a comparison is looked at once at least");
        }
    }

    /** One look, when all seeds are run: it may spend everything. */
    public static Looks once(int seeds) {
        return new Looks(List.of(seeds));
    }

    /**
     * A look at the first number of seeds and then at half as many again, rounded up, each time; at the most seeds at once
     * where the next look but one would pass them: 5 to at most 20 are looked at with 5, 8, 12 and 20.
     */
    public static Looks upTo(int first, int atMost) {
        if (first > atMost) {
            throw new IllegalArgumentException("no first look at " + first + " seeds of at most " + atMost);
        }
        List<Integer> at = new ArrayList<>();
        int seeds = first;
        while (seeds < atMost) {
            at.add(seeds);
            int next = halfAsManyAgain(seeds);
            seeds = halfAsManyAgain(next) > atMost ? atMost : next;
        }
        at.add(seeds);
        return new Looks(at);
    }

    /** The share of the error that a look may spend, counted from 0; all shares together are 1. */
    public double share(int look) {
        int before = look == 0 ? 0 : at.get(look - 1);
        return (at.get(look) - before) / (double) last();
    }

    /** The number of seeds at the last look. */
    public int last() {
        return at.get(at.size() - 1);
    }

    private static int halfAsManyAgain(int seeds) {
        return seeds + (seeds + 1) / 2;
    }
}
