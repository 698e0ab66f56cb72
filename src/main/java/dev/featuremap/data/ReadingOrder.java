package dev.featuremap.data;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The order in which a reader hands out its examples, and where it starts.
 *
 * <p>The order of an epoch is a function of (seed, epoch) alone: a Fisher–Yates permutation drawn from a generator
 * seeded by mixing the two. It never depends on whether other epochs were read, which an exact resume needs.
 */
public final class ReadingOrder {
    private final IntUnaryOperator examples;
    private final int count;
    private final int start;

    private ReadingOrder(IntUnaryOperator examples, int count, int start) {
        this.examples = examples;
        this.count = count;
        this.start = start;
    }

    /** The first {@code count} examples as they stand. */
    public static ReadingOrder sequential(int count) {
        return new ReadingOrder(place -> place, count, 0);
    }

    /** The first {@code count} examples in the order of this epoch; it takes 4 bytes for each. */
    public static ReadingOrder shuffled(int count, long seed, int epoch) {
        int[] examples = IntStream.range(0, count).toArray();
        RandomStream.SHUFFLE.of(seed, epoch).shuffle(examples, count);
        return new ReadingOrder(place -> examples[place], count, 0);
    }

    /** The same order, read from this place on; a reset returns to this place. */
    public ReadingOrder from(int place) {
        if (place < 0 || place > count) {
            throw new IllegalArgumentException("place " + place + " is not in 0.." + count);
        }
        return new ReadingOrder(examples, count, place);
    }

    /** Where reading starts. */
    int start() {
        return start;
    }

    /** Where reading ends. */
    int end() {
        return count;
    }

    /** The example at a place. */
    public int example(int place) {
        return examples.applyAsInt(place);
    }
}
