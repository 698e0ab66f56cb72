package dev.featuremap.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A picture's rows as numbers 0..255 per channel, transparent parts on white paper.
 *
 * <p>Grey pictures and those of four inks (CMYK) are read from their raster: {@link BufferedImage#getRGB} takes their bytes for
 * linear light and would brighten them.
 */
final class PixelRows {
    private final BufferedImage image;
    private final boolean grey;
    private final boolean inks;
    private final boolean alpha;
    private final float[][] row;
    private final int[] values;
    private final int[] alphas;

    PixelRows(BufferedImage image, int channels) {
        ColorModel colours = image.getColorModel();
        this.image = image;
        this.grey = !(colours instanceof IndexColorModel) && colours.getNumColorComponents() == 1;
        this.inks = colours.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
        this.alpha = colours.hasAlpha();
        this.row = new float[channels][image.getWidth()];
        this.values = new int[image.getWidth()];
        this.alphas = new int[image.getWidth()];
    }

    /** One row, {@code [channels][width]}; the array is used again for the next. */
    float[][] read(int y) {
        if (grey) {
            readGrey(y);
        } else if (inks) {
            readInks(y);
        } else {
            readColour(y);
        }
        return row;
    }

    private void readGrey(int y) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        raster.getSamples(0, y, width, 1, 0, values);
        float most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        if (alpha) {
            raster.getSamples(0, y, width, 1, 1, alphas);
        }
        for (int x = 0; x < width; x++) {
            float level = onPaper(values[x] * 255 / most, alpha ? alphas[x] / most : 1);
            for (float[] channel : row) {
                channel[x] = level;
            }
        }
    }

    private void readColour(int y) {
        image.getRGB(0, y, image.getWidth(), 1, values, 0, image.getWidth());
        for (int x = 0; x < values.length; x++) {
            int argb = values[x];
            float opaque = (argb >>> 24) / 255f;
            put(
                    x,
                    onPaper((argb >> 16) & 0xff, opaque),
                    onPaper((argb >> 8) & 0xff, opaque),
                    onPaper(argb & 0xff, opaque));
        }
    }

    /** What each ink leaves of its light, and black of all; colour profiles are not followed. */
    private void readInks(int y) {
        int[] inked = image.getRaster().getPixels(0, y, image.getWidth(), 1, (int[]) null);
        for (int x = 0; x < image.getWidth(); x++) {
            float light = (255 - inked[4 * x + 3]) / 255f;
            put(x, (255 - inked[4 * x]) * light, (255 - inked[4 * x + 1]) * light, (255 - inked[4 * x + 2]) * light);
        }
    }

    private void put(int x, float red, float green, float blue) {
        if (row.length == 1) {
            row[0][x] = 0.299f * red + 0.587f * green + 0.114f * blue;
        } else {
            row[0][x] = red;
            row[1][x] = green;
            row[2][x] = blue;
        }
    }

    private static float onPaper(float level, float opaque) {
        return 255 + opaque * (level - 255);
    }
}
