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
 * @param right further columns of each pixel
 * @param down further rows
 */
record Warp(double xx, double xy, double yx, double yy, double x, double y, Displacements right, Displacements down) {
    private static final int BITS = 16;
    /** In so many parts of a pixel places are counted: whole numbers are exact, and fast. */
    static final int PIXEL = 1 << BITS;

    private static final long ROUNDING = 1L << (2 * BITS - 1);
    private static final Displacements NONE = new Displacements(new int[0], 0, 0);

    /**
     * One for each pixel, in parts of {@link #PIXEL}.
     *
     * @param all theirs, and perhaps others'; empty where no pixel is displaced
     * @param first where the first pixel's is
     * @param stride from one row to the next
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Displacements(int[] all, int first, int stride) {}

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
                NONE,
                NONE);
    }

    /** The same with each pixel displaced further. */
    Warp displaced(Displacements right, Displacements down) {
        return new Warp(xx, xy, yx, yy, x, y, right, down);
    }

    /** Puts the new picture in the place of the old one: levels {@code [channels, height, width]}. */
    void apply(byte[] levels, DataShape shape) {
        int plane = shape.height() * shape.width();
        for (int first = 0; first < levels.length; first += plane) {
            Ink ink = Ink.of(levels, first, shape);
            if (ink.height > 0) {
                apply(ink, levels, first, shape);
            }
        }
    }

    /** Most of a picture is often background, so what is not is known by one comparison. */
    private void apply(Ink old, byte[] levels, int first, DataShape shape) {
        long stepX = parts(xx);
        long stepY = parts(yx);
        long lastX = parts(old.width + 1) - 1;
        long lastY = parts(old.height + 1) - 1;
        boolean isDisplaced = right.all.length > 0;
        int pixel = first;
        for (int row = 0; row < shape.height(); row++) {
            long startX = parts(x + xy * row - old.left + 1);
            long startY = parts(y + yy * row - old.top + 1);
            int rightAt = right.first + row * right.stride;
            int downAt = down.first + row * down.stride;
            for (int column = 0; column < shape.width(); column++, pixel++) {
                long atX = startX;
                long atY = startY;
                if (isDisplaced) {
                    atX += right.all[rightAt + column];
                    atY += down.all[downAt + column];
                }
                boolean isInside = (atX | atY | (lastX - atX) | (lastY - atY)) >= 0; // none is negative
                levels[pixel] = isInside ? old.between(atX, atY) : old.background;
                startX += stepX;
                startY += stepY;
            }
        }
    }

    private static long parts(double pixels) {
        return Math.round(pixels * PIXEL);
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
     * The part of a channel outside of which all is background.
     *
     * @param top its first row in the picture
     * @param left its first column
     * @param padded its levels with a pixel of background on each side: {@code [1 + height + 1, 1 + width + 1]}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ink(byte background, int top, int left, int height, int width, byte[] padded) {
        static Ink of(byte[] levels, int first, DataShape shape) {
            byte background = (byte) Warp.background(levels, first, shape);
            int top = shape.height();
            int bottom = -1;
            int left = shape.width();
            int right = -1;
            for (int row = 0, start = first; row < shape.height(); row++, start += shape.width()) {
                int from = start;
                int end = start + shape.width();
                while (from < end && levels[from] == background) {
                    from++;
                }
                while (end > from && levels[end - 1] == background) {
                    end--;
                }
                if (from < end) {
                    top = Math.min(top, row);
                    bottom = row;
                    left = Math.min(left, from - start);
                    right = Math.max(right, end - 1 - start);
                }
            }
            int height = Math.max(0, bottom + 1 - top);
            int width = Math.max(0, right + 1 - left);
            byte[] padded = new byte[(1 + height + 1) * (1 + width + 1)];
            Arrays.fill(padded, background);
            for (int row = 0; row < height; row++) {
                int start = first + (top + row) * shape.width() + left;
                System.arraycopy(levels, start, padded, (1 + row) * (1 + width + 1) + 1, width);
            }
            return new Ink(background, top, left, height, width, padded);
        }

        /** The level at a place of {@code padded} between pixels. */
        byte between(long atX, long atY) {
            int stride = 1 + width + 1;
            int at = (int) (atY >> BITS) * stride + (int) (atX >> BITS);
            int shareX = (int) atX & (PIXEL - 1);
            long shareY = atY & (PIXEL - 1);
            long upper = mean(padded[at] & 0xff, padded[at + 1] & 0xff, shareX);
            long lower = mean(padded[at + stride] & 0xff, padded[at + stride + 1] & 0xff, shareX);
            return (byte) (((upper << BITS) + (lower - upper) * shareY + ROUNDING) >> (2 * BITS));
        }

        /** In parts of {@link #PIXEL} of a level. */
        private static int mean(int one, int other, int share) {
            return (one << BITS) + share * (other - one);
        }
    }
}
