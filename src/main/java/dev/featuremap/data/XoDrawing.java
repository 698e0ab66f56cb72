package dev.featuremap.data;

import dev.featuremap.experiment.Deformation;
import java.util.Arrays;

/**
 * One drawn letter X or O, {@code [size, size]} pixels from −1 (paper) to +1 (ink).
 *
 * <p>A pixel is ink when its centre lies within half a pixel of the letter's line. The clean X is therefore ink on both
 * diagonals and the clean O a closed ring, each with an empty border of one pixel. Source: the lecture's slides L4, L5.
 */
public final class XoDrawing {
    /** The two letters; a letter's class is its place here. */
    public enum Letter {
        X,
        O
    }

    static final byte PAPER = 0;
    static final byte INK = (byte) 255;
    /** The smallest letter drawn, from its centre to its outermost ink, in pixels: below it an O has no hole. */
    private static final double SMALLEST_RADIUS = 2;
    /** So that an ink pixel does not hang on the last bit of a distance. */
    private static final double ROUNDING = 1e-9;

    private final int size;
    private final byte[] pixels;

    private XoDrawing(int size, byte[] pixels) {
        this.size = size;
        this.pixels = pixels;
    }

    /** The clean letter. */
    public static XoDrawing clean(Letter letter, int size) {
        return new XoDrawing(size, Pose.clean(letter, size).ink(size));
    }

    /** A letter that differs from the clean one as far as allowed, and stays on the canvas. */
    static XoDrawing deformed(Letter letter, int size, Deformation by, RandomStream.Generator random) {
        byte[] pixels = Pose.random(letter, size, by, random).ink(size);
        loseInk(pixels, by.missing() * random.share(), random);
        addNoise(pixels, by.noise(), random);
        return new XoDrawing(size, pixels);
    }

    public int size() {
        return size;
    }

    /** One pixel, −1 (paper) to +1 (ink). */
    public float pixel(int row, int column) {
        return (pixels[row * size + column] & 0xff) / 127.5f - 1;
    }

    /** The pixels row by row as 0 (paper) to 255 (ink), not a copy. */
    byte[] bytes() {
        return pixels;
    }

    private static void loseInk(byte[] pixels, double share, RandomStream.Generator random) {
        int count = 0;
        int[] inked = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] == INK) {
                inked[count++] = i;
            }
        }
        inked = Arrays.copyOf(inked, count);
        int lost = (int) (share * count);
        random.shuffle(inked, lost);
        for (int i = count - lost; i < count; i++) {
            pixels[inked[i]] = PAPER;
        }
    }

    private static void addNoise(byte[] pixels, double deviation, RandomStream.Generator random) {
        if (deviation == 0) {
            return;
        }
        for (int i = 0; i < pixels.length; i++) {
            double noisy = (pixels[i] & 0xff) + 127.5 * deviation * random.gaussian();
            pixels[i] = (byte) Math.round(Math.max(0, Math.min(255, noisy)));
        }
    }

    /**
     * Where a letter stands, in pixels from the canvas's centre.
     *
     * @param radius from the letter's centre to its outermost ink, before turning
     * @param stroke the line's width
     */
    private record Pose(Letter letter, double radius, double stroke, double angle, double right, double down) {
        static Pose clean(Letter letter, int size) {
            return new Pose(letter, (size - 3) / 2.0, 1, 0, 0, 0);
        }

        /** Draws in a fixed order whatever the bounds, and shrinks or moves back what would leave the canvas. */
        static Pose random(Letter letter, int size, Deformation by, RandomStream.Generator random) {
            double grown = (size - 3) / 2.0 * (1 + by.scale() * random.signed());
            double wanted = Math.max(SMALLEST_RADIUS, grown);
            double angle = Math.toRadians(by.rotation() * random.signed());
            double thicker = Math.min(by.thickness() * random.share(), wanted / 3);
            double reach = letter == Letter.O ? 1 : Math.abs(StrictMath.cos(angle)) + Math.abs(StrictMath.sin(angle));
            double half = (size - 1 - thicker) / 2;
            double radius = Math.min(wanted, half / reach);
            double room = Math.min(by.shift(), Math.max(0, half - radius * reach));
            return new Pose(letter, radius, 1 + thicker, angle, room * random.signed(), room * random.signed());
        }

        byte[] ink(int size) {
            double centre = (size - 1) / 2.0;
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            byte[] pixels = new byte[size * size];
            for (int i = 0; i < pixels.length; i++) {
                int column = i % size;
                int row = i / size;
                double x = column - centre - right;
                double y = row - centre - down;
                double distance = fromLine(cos * x + sin * y, cos * y - sin * x);
                pixels[i] = distance <= stroke / 2 + ROUNDING ? INK : PAPER;
            }
            return pixels;
        }

        /** Distance of a point from the unturned letter's line. */
        private double fromLine(double x, double y) {
            if (letter == Letter.O) {
                return Math.abs(Math.sqrt(x * x + y * y) - radius);
            }
            double falling = Math.abs(x + y) / Math.sqrt(2);
            double rising = Math.abs(x - y) / Math.sqrt(2);
            double length = radius * Math.sqrt(2);
            return Math.min(fromSegment(falling, rising, length), fromSegment(rising, falling, length));
        }

        private static double fromSegment(double along, double across, double length) {
            double beyond = Math.max(0, along - length);
            return Math.sqrt(beyond * beyond + across * across);
        }
    }
}
