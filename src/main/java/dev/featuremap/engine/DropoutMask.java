package dev.featuremap.engine;

/**
 * Inverted dropout's factors, 0 or 1/retain, as a function of (seed, layer, example, unit) alone: any part of a batch can be
 * drawn by itself, in any order, and is the same.
 */
final class DropoutMask {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final int layer;
    private final long threshold;
    /** The factor of a unit that is not kept, and of one that is: chosen without a branch, which nobody could predict. */
    private final float[] factors;

    /**
     * @param layer index of the layer
     * @param retain probability of keeping a unit, above 0
     */
    DropoutMask(int layer, double retain) {
        this.layer = layer;
        threshold = Math.round(retain * (1L << 32));
        factors = new float[] {0, (float) (1 / retain)};
    }

    /**
     * Fills {@code mask}, {@code [examples, units]}.
     *
     * @param firstExample index in the batch of the first
     */
    void fill(float[] mask, int units, long seed, long firstExample) {
        long key = mixed(seed + GOLDEN * (layer + 1L));
        for (int row = 0; row < mask.length / units; row++) {
            fillRow(mask, row * units, units, mixed(key + GOLDEN * (firstExample + row + 1)));
        }
    }

    /** Two units of each random number. */
    private void fillRow(float[] mask, int from, int units, long key) {
        for (int unit = 0; unit < units; unit += 2) {
            long random = mixed(key + GOLDEN * (unit + 1));
            mask[from + unit] = factor(random >>> 32);
            if (unit + 1 < units) {
                mask[from + unit + 1] = factor(random & 0xffffffffL);
            }
        }
    }

    /** The factor for a random number of 32 bits. */
    private float factor(long random) {
        return factors[(int) ((random - threshold) >>> 63)];
    }

    /** SplitMix64's finaliser (Steele, Lea and Flood 2014). */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
