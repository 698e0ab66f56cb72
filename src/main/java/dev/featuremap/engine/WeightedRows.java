package dev.featuremap.engine;

import java.util.Arrays;

/**
 * Lists of rows, each with a factor, and the sums they stand for: {@code sum += Σ factor · row}.
 *
 * <p>Rows are arrays read from their beginnings: with an offset in one of them the JIT makes no vector instructions.
 */
final class WeightedRows {
    private final int capacity;
    private final int[] rows;
    private final float[] factors;
    private final int[] counts;

    /** {@code lists} empty lists of at most {@code capacity} rows each. */
    WeightedRows(int lists, int capacity) {
        this.capacity = capacity;
        rows = new int[lists * capacity + 1];
        factors = new float[rows.length];
        counts = new int[lists];
    }

    /** Adds a row to a list, unless its factor is 0. */
    void put(int list, int row, float factor) {
        int count = counts[list];
        int at = list * capacity + count;
        rows[at] = row;
        factors[at] = factor;
        // Without a branch, which nobody could predict.
        counts[list] = count + (factor != 0f ? 1 : 0);
    }

    boolean isEmpty(int list) {
        return counts[list] == 0;
    }

    void clear() {
        Arrays.fill(counts, 0);
    }

    /** Adds what a list stands for to {@code sum}, four rows at a time: each pass over {@code sum} costs as much as two rows. */
    void addTo(float[] sum, int list, float[][] values) {
        int at = list * capacity;
        int end = at + counts[list];
        for (; at + 4 <= end; at += 4) {
            add(
                    sum,
                    values[rows[at]],
                    values[rows[at + 1]],
                    values[rows[at + 2]],
                    values[rows[at + 3]],
                    factors[at],
                    factors[at + 1],
                    factors[at + 2],
                    factors[at + 3]);
        }
        switch (end - at) {
            case 3 ->
                add(
                        sum,
                        values[rows[at]],
                        values[rows[at + 1]],
                        values[rows[at + 2]],
                        factors[at],
                        factors[at + 1],
                        factors[at + 2]);
            case 2 -> add(sum, values[rows[at]], values[rows[at + 1]], factors[at], factors[at + 1]);
            case 1 -> add(sum, values[rows[at]], factors[at]);
            default -> {}
        }
    }

    private static void add(
            float[] sum, float[] a, float[] b, float[] c, float[] d, float u, float v, float w, float x) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += u * a[i] + v * b[i] + w * c[i] + x * d[i];
        }
    }

    private static void add(float[] sum, float[] a, float[] b, float[] c, float u, float v, float w) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += u * a[i] + v * b[i] + w * c[i];
        }
    }

    private static void add(float[] sum, float[] a, float[] b, float u, float v) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += u * a[i] + v * b[i];
        }
    }

    private static void add(float[] sum, float[] a, float u) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += u * a[i];
        }
    }
}
