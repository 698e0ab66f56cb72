package dev.featuremap.statistics;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * The test that a paired difference is as often above 0 as below, by flipping signs (Fisher 1935): it supposes nothing of
 * how the differences are distributed but that they are symmetric about 0 when there is none.
 */
public final class SignFlipTest {
    private static final int MOST_ENUMERATED = 20;
    private static final int DRAWS = 100_000;
    private static final long SEED = 20_250_705;
    /** Of the sum of absolute differences: sums that differ by less are the same, added in another order. */
    private static final double ROUNDING = 1e-12;

    private SignFlipTest() {}

    /**
     * The two-sided p-value: the share of all ways to sign the differences whose sum is at least as far from 0 as the one
     * seen. Beyond 20 differences, of 100,000 ways drawn with a fixed seed, the one seen counted in (Phipson and Smyth 2010).
     */
    public static double p(double[] differences) {
        double total = Arrays.stream(differences).map(Math::abs).sum();
        double least = Math.abs(Arrays.stream(differences).sum()) - ROUNDING * total;
        if (differences.length <= MOST_ENUMERATED) {
            return asFar(differences, 0, 0, least) / Math.scalb(1, differences.length);
        }
        RandomGenerator random = new Well19937c(SEED);
        int asFar = 1;
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            int signs = 0;
            for (int i = 0; i < differences.length; i++) {
                signs = i % Integer.SIZE == 0 ? random.nextInt() : signs >>> 1;
                sum += (signs & 1) == 0 ? differences[i] : -differences[i];
            }
            asFar += Math.abs(sum) >= least ? 1 : 0;
        }
        return asFar / (DRAWS + 1.0);
    }

    /** The least p-value there can be with this many differences: of all ways to sign them, two are the most extreme. */
    public static double smallest(int n) {
        return n <= MOST_ENUMERATED ? Math.min(1, Math.scalb(2, -n)) : 1 / (DRAWS + 1.0);
    }

    /** How many ways to sign the differences from this index on bring the sum so far at least as far from 0. */
    private static int asFar(double[] differences, int index, double sum, double least) {
        if (index == differences.length) {
            return Math.abs(sum) >= least ? 1 : 0;
        }
        return asFar(differences, index + 1, sum + differences[index], least)
                + asFar(differences, index + 1, sum - differences[index], least);
    }
}
