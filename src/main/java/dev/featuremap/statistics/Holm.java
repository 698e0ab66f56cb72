package dev.featuremap.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's correction (Holm 1979): any of the tests is false with at most the level, however they depend on each other. */
public final class Holm {
    private Holm() {}

    /**
     * Each p-value as it is after correction over all of them, in the order given: (m − i) · p of the i-th smallest of m,
     * counted from 0, never less than one before it and at most 1.
     */
    public static double[] adjusted(double[] p) {
        int[] ascending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(index -> p[index]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        double least = 0;
        for (int i = 0; i < p.length; i++) {
            least = Math.max(least, Math.min(1, (p.length - i) * p[ascending[i]]));
            adjusted[ascending[i]] = least;
        }
        return adjusted;
    }
}
