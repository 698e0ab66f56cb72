package dev.featuremap.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera held its picture: what is done to the stored rows and columns so that up is up.
 *
 * <p>Source: EXIF 2.32, tag 0x0112 of the first directory; its values 1 to 8 are the eight ways to lay a rectangle down.
 *
 * @param transposed whether what is stored as rows are columns
 * @param mirrored whether the stored rows are read from right to left
 * @param upsideDown whether the stored columns are read from bottom to top
 */
record Orientation(boolean transposed, boolean mirrored, boolean upsideDown) {
    private static final Orientation AS_STORED = new Orientation(false, false, false);
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    /** As the file's EXIF block says; a block that is missing, damaged or says something else leaves the picture as stored. */
    static Orientation of(byte[] picture) {
        ByteBuffer exif = PictureBlocks.exif(picture);
        if (exif.remaining() < 8) {
            return AS_STORED;
        }
        exif.order(exif.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = exif.getInt(4) & 0xffffffffL;
        if (directory > exif.limit() - 2) {
            return AS_STORED;
        }
        int entries = exif.getShort((int) directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + (long) i * ENTRY;
            if (entry > exif.limit() - ENTRY) {
                break;
            }
            if ((exif.getShort((int) entry) & 0xffff) == TAG && exif.getShort((int) entry + 2) == SHORT) {
                return numbered(exif.getShort((int) entry + 8));
            }
        }
        return AS_STORED;
    }

    private static Orientation numbered(int value) {
        return switch (value) {
            case 2 -> new Orientation(false, true, false);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, false, true);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, false, true);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, true, false);
            default -> AS_STORED;
        };
    }

    /**
     * The stored pixels laid upright.
     *
     * @param stored {@code [channels, height, width]}, or {@code [channels, width, height]} when transposed
     * @return {@code [channels, height, width]}
     */
    float[] upright(float[] stored, int channels, int height, int width) {
        if (equals(AS_STORED)) {
            return stored;
        }
        float[] upright = new float[stored.length];
        int storedHeight = transposed ? width : height;
        int storedWidth = transposed ? height : width;
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int column = transposed ? y : x;
                    int row = transposed ? x : y;
                    int fromColumn = mirrored ? storedWidth - 1 - column : column;
                    int fromRow = upsideDown ? storedHeight - 1 - row : row;
                    upright[(channel * height + y) * width + x] =
                            stored[(channel * storedHeight + fromRow) * storedWidth + fromColumn];
                }
            }
        }
        return upright;
    }
}
