package dev.featuremap.data;

import dev.featuremap.experiment.Augmentation.Elastic;
import java.util.Arrays;

/**
 * Displacements {@code [height, width]} in pixels that vary smoothly from pixel to pixel: even noise from −1 to 1, and 0 outside
 * the picture, smoothed by a Gaussian and multiplied by alpha.
 *
 * <p>Source: Simard, Steinkraus and Platt, Best practices for convolutional neural networks (2003).
 */
final class ElasticField {
    /** How many standard deviations from its middle the Gaussian is cut off. */
    private static final double REACH = 3;

    private ElasticField() {}

    static float[] draw(Elastic by, int height, int width, RandomStream.Generator random) {
        float[] noise = new float[height * width];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (by.alpha() * random.signed());
        }
        float[] kernel = kernel(by.sigma(), Math.max(height, width));
        return smoothed(
                transposed(smoothed(noise, height, kernel), /* height= */ width, /* width= */ height), width, kernel);
    }

    /** Half a Gaussian of sum 1, from its middle outwards. */
    private static float[] kernel(double sigma, int longest) {
        double[] values = new double[Math.min(longest, 1 + (int) Math.ceil(REACH * sigma))];
        Arrays.setAll(values, i -> StrictMath.exp(-i * i / (2 * sigma * sigma)));
        double sum = 2 * Arrays.stream(values).sum() - values[0];
        float[] kernel = new float[values.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (values[i] / sum);
        }
        return kernel;
    }

    /** Smooths down the columns, by sums of whole pictures moved up and down: the compiler makes vector instructions of them. */
    private static float[] smoothed(float[] rows, int width, float[] kernel) {
        int length = rows.length;
        float[] smoothed = new float[length];
        float[] above = rows.clone();
        float[] below = rows.clone();
        for (int i = 0; i < length; i++) {
            smoothed[i] = kernel[0] * rows[i];
        }
        for (int distance = 1; distance < kernel.length && distance * width < length; distance++) {
            int offset = distance * width;
            System.arraycopy(rows, 0, above, offset, length - offset);
            Arrays.fill(above, offset - width, offset, 0);
            System.arraycopy(rows, offset, below, 0, length - offset);
            Arrays.fill(below, length - offset, length - offset + width, 0);
            add(smoothed, kernel[distance], above, below);
        }
        return smoothed;
    }

    private static void add(float[] to, float weight, float[] above, float[] below) {
        for (int i = 0; i < to.length; i++) {
            to[i] += weight * (above[i] + below[i]);
        }
    }

    private static float[] transposed(float[] rows, int height, int width) {
        float[] transposed = new float[rows.length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                transposed[column * height + row] = rows[row * width + column];
            }
        }
        return transposed;
    }
}
