package dev.featuremap.engine;

import java.util.SplittableRandom;

/** The seed of everything random in one step, from the run's seed and the step's number alone. */
public final class StepSeed {
    /** What SplitMix64 (Steele, Lea and Flood 2014) adds for each number it draws. */
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private StepSeed() {}

    /**
     * The number that SplitMix64 draws at this step, begun at one that it draws from the run's seed: neighbouring seeds and
     * steps share nothing.
     *
     * @param step batches trained before this one
     */
    public static long of(long seed, long step) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + step * GAMMA).nextLong();
    }
}
