package dev.featuremap.data;

import java.util.stream.IntStream;

/**
 * The order in which a reader hands out its examples, and where it starts.
 *
 * <p>The order of an epoch is a function of (seed, epoch) alone: a Fisher–Yates permutation drawn from a generator
 * seeded by mixing the two. It never depends on whether other epochs were read, which an exact resume needs.
 */
public final class ReadingOrder {
    private final int[] examples;
    private final int start;

    private ReadingOrder(int[] examples, int start) {
        this.examples = examples;
        this.start = start;
    }

    /** The first {@code count} examples as they stand. */
    public static ReadingOrder sequential(int count) {
        return new ReadingOrder(IntStream.range(0, count).toArray(), 0);
    }

    /** The first {@code count} examples in the order of this epoch. */
    public static ReadingOrder shuffled(int count, long seed, int epoch) {
        int[] examples = IntStream.range(0, count).toArray();
        RandomStream.SHUFFLE.of(seed, epoch).shuffle(examples, count);
        return new ReadingOrder(examples, 0);
    }

    /** The same order, read from this place on; a reset returns to this place. */
    public ReadingOrder from(int place) {
        if (place < 0 || place > examples.length) {
            throw new IllegalArgumentException("place " + place + " is not in 0.." + examples.length);
        }
        return new ReadingOrder(examples, place);
    }

    /** Where reading starts. */
    int start() {
        return start;
    }

    /** Where reading ends. */
    int end() {
        return examples.length;
    }

    /** The example at a place. */
    public int example(int place) {
        return examples[place];
    }
}
