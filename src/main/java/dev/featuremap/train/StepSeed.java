package dev.featuremap.train;

/** The seed of everything random in one step, from the run's seed and the step's number alone. */
public final class StepSeed {
    /** The odd constant of SplitMix64 (Steele, Lea and Flood 2014). */
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private StepSeed() {}

    /**
     * Mixes the two so that neighbouring seeds and steps share nothing.
     *
     * @param step batches trained before this one
     */
    public static long of(long seed, long step) {
        return mix(mix(seed + GAMMA) + (step + 1) * GAMMA);
    }

    private static long mix(long state) {
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
