package dev.featuremap.data;

import dev.featuremap.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent streams of random numbers, each a function of the run's seed, its purpose and numbers such as the epoch:
 * none depends on what was drawn from another, so any example or epoch can be had without those before it.
 */
enum RandomStream {
    SHUFFLE(1),
    DRAWING(2),
    HELD_OUT(3),
    VALIDATION(4),
    FOLD(5),
    LABEL_NOISE(6),
    AUGMENTATION(7),
    VARIED(8);

    private final long code;

    RandomStream(long code) {
        this.code = code;
    }

    /** The stream for this purpose and these numbers, in this order. */
    Generator of(long seed, long... numbers) {
        long state = mix(mix(seed) ^ code);
        for (long number : numbers) {
            state = mix(state ^ number);
        }
        return new Generator(new SplittableRandom(state));
    }

    /** A number that stands for a text in a draw, of its composed form in Unicode: file systems differ in the form they give names back in. */
    static long number(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        return ByteBuffer.wrap(Sha256.digest().digest(composed.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    /** SplitMix64's first number of a seed: every bit of it moves every bit. */
    private static long mix(long value) {
        return new SplittableRandom(value).nextLong();
    }

    /** Draws by formulas written here, since Java leaves those of bounded and Gaussian draws free to change. */
    static final class Generator {
        private final RandomGenerator bits;

        private Generator(RandomGenerator bits) {
            this.bits = bits;
        }

        /** Evenly in [0, 1). */
        double share() {
            return (bits.nextLong() >>> 11) * 0x1p-53;
        }

        /** Evenly in [−1, 1). */
        double signed() {
            return 2 * share() - 1;
        }

        /** Evenly in 0..bound−1. */
        int below(int bound) {
            return (int) Math.multiplyHigh(bits.nextLong() >>> 1, 2L * bound);
        }

        /** Normal with mean 0 and standard deviation 1, by Box and Muller. */
        double gaussian() {
            double length = StrictMath.sqrt(-2 * StrictMath.log(1 - share()));
            return length * StrictMath.cos(2 * Math.PI * share());
        }

        /** Shuffles in place by Fisher and Yates, last to first; with {@code most} only that many at the end are drawn. */
        void shuffle(int[] items, int most) {
            int stop = Math.max(1, items.length - most);
            for (int last = items.length - 1; last >= stop; last--) {
                int chosen = below(last + 1);
                int item = items[chosen];
                items[chosen] = items[last];
                items[last] = item;
            }
        }
    }
}
