package dev.featuremap.data;

import dev.featuremap.experiment.DataShape;
import java.util.Arrays;

/**
 * Where each pixel of a new picture lies in the old one: an affine map about the centre, and a displacement of each pixel.
 *
 * <p>A place between four pixels has their bilinear mean. Outside the old picture lies its background.
 *
 * @param xx columns of the old picture per column of the new one; the others likewise
 * @param x the old picture's column of the new one's first pixel
 * @param right further columns of each pixel, {@code [height, width]}; empty for none
 * @param down further rows likewise
 */
@SuppressWarnings("ArrayRecordComponent")
record Warp(double xx, double xy, double yx, double yy, double x, double y, float[] right, float[] down) {
    private static final float[] NO_DISPLACEMENT = {};

    /**
     * The affine map alone: a picture mirrored, scaled, sheared, turned and moved, in this order.
     *
     * @param degrees turned clockwise by these
     * @param leaning columns leaning to the left, in degrees
     * @param size 1 leaves it
     * @param across moved to the right by these pixels
     * @param along moved down by these pixels
     */
    static Warp affine(
            DataShape shape,
            boolean mirrored,
            double size,
            double leaning,
            double degrees,
            double across,
            double along) {
        double cos = StrictMath.cos(Math.toRadians(degrees));
        double sin = StrictMath.sin(Math.toRadians(degrees));
        double tan = StrictMath.tan(Math.toRadians(leaning));
        double side = mirrored ? -1 : 1;
        double xx = side * (cos + tan * sin) / size;
        double xy = side * (sin - tan * cos) / size;
        double yx = -sin / size;
        double yy = cos / size;
        double centreX = (shape.width() - 1) / 2.0;
        double centreY = (shape.height() - 1) / 2.0;
        return new Warp(
                xx,
                xy,
                yx,
                yy,
                centreX - xx * (centreX + across) - xy * (centreY + along),
                centreY - yx * (centreX + across) - yy * (centreY + along),
                NO_DISPLACEMENT,
                NO_DISPLACEMENT);
    }

    /** The same with each pixel displaced further, by {@code [height, width]} columns and rows. */
    Warp displaced(float[] right, float[] down) {
        return new Warp(xx, xy, yx, yy, x, y, right, down);
    }

    /** Puts the new picture in the place of the old one: levels {@code [channels, height, width]}. */
    void apply(byte[] levels, DataShape shape) {
        int plane = shape.height() * shape.width();
        for (int first = 0; first < levels.length; first += plane) {
            apply(Plane.of(levels, first, shape), levels, first);
        }
    }

    private void apply(Plane old, byte[] levels, int first) {
        int pixel = 0;
        for (int row = 0; row < old.height; row++) {
            float startX = (float) (x + xy * row);
            float startY = (float) (y + yy * row);
            for (int column = 0; column < old.width; column++, pixel++) {
                float atX = startX + (float) xx * column;
                float atY = startY + (float) yx * column;
                if (right.length > 0) {
                    atX += right[pixel];
                    atY += down[pixel];
                }
                levels[first + pixel] = old.between(atX, atY);
            }
        }
    }

    /** The median level of a channel's border, which is what a picture's ink or thing stands on. */
    static int background(byte[] levels, int first, DataShape shape) {
        int height = shape.height();
        int width = shape.width();
        int[] counts = new int[256];
        int border = 0;
        for (int row = 0; row < height; row++) {
            int step = row == 0 || row == height - 1 ? 1 : Math.max(1, width - 1);
            for (int column = 0; column < width; column += step) {
                counts[levels[first + row * width + column] & 0xff]++;
                border++;
            }
        }
        int level = 0;
        for (int below = counts[0]; 2 * below < border; below += counts[level]) {
            level++;
        }
        return level;
    }

    /**
     * One channel of a picture.
     *
     * @param padded its levels with background around them: {@code [2 + height + 1, 2 + width + 1]}
     */
    private record Plane(float[] padded, int height, int width) {
        private static final int PAD = 2;

        static Plane of(byte[] levels, int first, DataShape shape) {
            int height = shape.height();
            int width = shape.width();
            int stride = width + PAD + 1;
            float[] padded = new float[(height + PAD + 1) * stride];
            Arrays.fill(padded, background(levels, first, shape));
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    padded[(row + 1) * stride + column + 1] = levels[first + row * width + column] & 0xff;
                }
            }
            return new Plane(padded, height, width);
        }

        /** The level at a place between pixels. */
        byte between(float x, float y) {
            float paddedX = within(x + 1, width + 1);
            float paddedY = within(y + 1, height + 1);
            int left = (int) paddedX;
            int top = (int) paddedY;
            int stride = width + PAD + 1;
            int at = top * stride + left;
            float upper = mean(padded[at], padded[at + 1], paddedX - left);
            float lower = mean(padded[at + stride], padded[at + stride + 1], paddedX - left);
            return (byte) (mean(upper, lower, paddedY - top) + 0.5f);
        }

        private static float within(float place, int last) {
            return place < 0 ? 0 : place > last ? last : place;
        }

        private static float mean(float one, float other, float share) {
            return one + share * (other - one);
        }
    }
}
