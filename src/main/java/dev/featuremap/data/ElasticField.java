package dev.featuremap.data;

import dev.featuremap.experiment.Augmentation.Elastic;
import dev.featuremap.experiment.DataShape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Displacements in pixels that vary smoothly from pixel to pixel: even noise from −1 to 1, smoothed by a Gaussian and multiplied
 * by alpha. They are of a plane larger than a picture, of which each picture takes a piece from a place of its own: to smooth noise
 * for one picture takes as long as to train a small network on it.
 *
 * <p>Source: Simard, Steinkraus and Platt, Best practices for convolutional neural networks (2003).
 *
 * @param right displacements to the right in parts of {@link Warp#PIXEL}, row by row
 * @param down downwards
 * @param width of a row
 */
@SuppressWarnings("ArrayRecordComponent")
record ElasticField(int[] right, int[] down, int width) {
    /** How many standard deviations from its middle the Gaussian is cut off. */
    private static final double REACH = 3;
    /** In how many rows, and columns, a piece may begin. */
    private static final int PLACES = 256;

    /** What the pictures of one shape take pieces of. */
    static ElasticField draw(Elastic by, DataShape shape, RandomStream.Generator random) {
        int height = shape.height() + PLACES - 1;
        int width = shape.width() + PLACES - 1;
        return new ElasticField(
                parts(plane(by, height, width, random)), parts(plane(by, height, width, random)), width);
    }

    private static int[] parts(float[][] pixels) {
        return Arrays.stream(pixels)
                .flatMapToInt(row -> IntStream.range(0, row.length).map(i -> Math.round(row[i] * Warp.PIXEL)))
                .toArray();
    }

    /** The same warp with each pixel displaced further, by a piece for each direction. */
    Warp bend(Warp warp, RandomStream.Generator random) {
        return warp.displaced(piece(right, random), piece(down, random));
    }

    private Warp.Displacements piece(int[] plane, RandomStream.Generator random) {
        return new Warp.Displacements(plane, random.below(PLACES) * width + random.below(PLACES), width);
    }

    /** Displacements {@code [height, width]} in one direction, in pixels. */
    static float[][] plane(Elastic by, int height, int width, RandomStream.Generator random) {
        float[] kernel = kernel(by.sigma());
        int margin = kernel.length - 1;
        float[][] noise = new float[height + 2 * margin][width + 2 * margin];
        for (float[] row : noise) {
            for (int column = 0; column < row.length; column++) {
                row[column] = (float) (by.alpha() * random.signed());
            }
        }
        return transposed(smoothed(transposed(smoothed(noise, kernel)), kernel));
    }

    /** Half a Gaussian of sum 1, from its middle outwards. */
    private static float[] kernel(double sigma) {
        double[] values = new double[1 + (int) Math.ceil(REACH * sigma)];
        Arrays.setAll(values, i -> StrictMath.exp(-i * i / (2 * sigma * sigma)));
        double sum = 2 * Arrays.stream(values).sum() - values[0];
        float[] kernel = new float[values.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (values[i] / sum);
        }
        return kernel;
    }

    /** Smooths down the columns; the rows without neighbours on both sides fall away. */
    private static float[][] smoothed(float[][] rows, float[] kernel) {
        int margin = kernel.length - 1;
        float[][] smoothed = new float[rows.length - 2 * margin][rows[0].length];
        for (int row = 0; row < smoothed.length; row++) {
            add(smoothed[row], kernel[0] / 2, rows[row + margin], rows[row + margin]);
            for (int distance = 1; distance < kernel.length; distance++) {
                add(smoothed[row], kernel[distance], rows[row + margin - distance], rows[row + margin + distance]);
            }
        }
        return smoothed;
    }

    private static void add(float[] to, float weight, float[] above, float[] below) {
        for (int i = 0; i < to.length; i++) {
            to[i] += weight * (above[i] + below[i]);
        }
    }

    private static float[][] transposed(float[][] rows) {
        float[][] transposed = new float[rows[0].length][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < transposed.length; column++) {
                transposed[column][row] = rows[row][column];
            }
        }
        return transposed;
    }
}
