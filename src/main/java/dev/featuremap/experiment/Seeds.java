package dev.featuremap.experiment;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;

/** The seeds of repeated runs; in the file a list, or a whole number n for the seeds 1 to n. */
public record Seeds(List<Long> values) {
    static final String ALLOWED = "a whole number n in [1, 1000], for the seeds 1 to n, or a list of different seeds";

    private static final int MOST = 1000;

    public Seeds {
        values = List.copyOf(values);
        if (values.isEmpty()
                || values.size() > MOST
                || new HashSet<>(values).size() < values.size()
                || values.stream().anyMatch(seed -> seed < 0 || seed > Experiment.LARGEST_SEED)) {
            throw new IllegalArgumentException("expected " + ALLOWED);
        }
    }

    /** The seeds 1 to {@code count}. */
    static Seeds upTo(int count) {
        if (count > MOST) {
            throw new IllegalArgumentException("expected " + ALLOWED);
        }
        return new Seeds(LongStream.rangeClosed(1, count).boxed().toList());
    }

    /** The first {@code count}; where there are fewer, the whole numbers above the largest follow. */
    public List<Long> first(int count) {
        long largest = Collections.max(values);
        return LongStream.range(0, count)
                .mapToObj(i -> i < values.size() ? values.get((int) i) : Long.valueOf(largest + 1 + i - values.size()))
                .toList();
    }
}
