package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Extent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A PNG or JPEG picture from disk, to be made into a network's input of bytes {@code [channels, height, width]}.
 *
 * <p>A picture that is missing, of another kind, damaged, cut or larger than 100 million pixels is a {@link Failure} of
 * kind DATA that names the file; its size is read from its header before anything is decoded.
 */
public final class Picture {
    private static final long MOST_PIXELS = 100_000_000;
    private static final String REMEDY = "remove the file, or save it again as PNG or JPEG";

    private final BufferedImage image;

    private Picture(BufferedImage image) {
        this.image = image;
    }

    /** Reads and decodes a file. */
    public static Picture read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Failure.data(file + ": no such picture", "check the path; it counts from the working directory");
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            if (in == null) {
                throw new IOException("it cannot be opened");
            }
            ImageReader reader = reader(in);
            if (reader == null) {
                throw Failure.data(file + ": found neither a PNG nor a JPEG picture", REMEDY);
            }
            try {
                return new Picture(decode(file, reader, in));
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            // Java's decoders answer some damaged headers with these unchecked exceptions.
            throw new Failure(
                    Failure.Kind.DATA, file + ": the picture cannot be decoded: " + e.getMessage(), REMEDY, e);
        }
    }

    /** Whether a file's name says PNG or JPEG. */
    public static boolean isNamedAsPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    private static ImageReader reader(ImageInputStream in) throws IOException {
        for (Iterator<ImageReader> readers = ImageIO.getImageReaders(in); readers.hasNext(); ) {
            ImageReader reader = readers.next();
            String format = reader.getFormatName().toUpperCase(Locale.ROOT);
            if (format.equals("PNG") || format.equals("JPEG")) {
                return reader;
            }
        }
        return null;
    }

    private static BufferedImage decode(Path file, ImageReader reader, ImageInputStream in) throws IOException {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw Failure.data(
                    file + ": found a picture of " + reader.getWidth(0) + "x" + reader.getHeight(0)
                            + " pixels, expected at most " + MOST_PIXELS + " in all",
                    "make the picture smaller");
        }
        List<String> damages = new ArrayList<>();
        // A cut JPEG is decoded with the rest left grey, and only this listener hears of it.
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.contains("remature end") || warning.contains("Corrupt JPEG")) {
                damages.add(warning);
            }
        });
        BufferedImage image = reader.read(0);
        if (!damages.isEmpty()) {
            throw new IOException(damages.get(0));
        }
        return image;
    }

    public int width() {
        return image.getWidth();
    }

    public int height() {
        return image.getHeight();
    }

    /**
     * The picture resized, as bytes {@code [channels, height, width]} with 255 for white.
     *
     * @param channels 1: grey by luma (ITU-R BT.601); 3: red, green, blue
     * @param invert whether light and dark change places
     */
    public byte[] toBytes(Extent size, int channels, boolean invert) {
        float[] resized = resized(size, channels);
        byte[] bytes = new byte[resized.length];
        for (int i = 0; i < bytes.length; i++) {
            int value = Math.max(0, Math.min(255, Math.round(resized[i])));
            bytes[i] = (byte) (invert ? 255 - value : value);
        }
        return bytes;
    }

    /** Row by row, so that a large picture needs no second copy of itself: along the row, then into the rows it is part of. */
    private float[] resized(Extent size, int channels) {
        ResizedAxis across = new ResizedAxis(image.getWidth(), size.width());
        ResizedAxis down = new ResizedAxis(image.getHeight(), size.height());
        PixelRows rows = new PixelRows(image, channels);
        float[] result = new float[channels * size.height() * size.width()];
        for (int y = 0; y < image.getHeight(); y++) {
            float[][] row = rows.read(y);
            for (int channel = 0; channel < channels; channel++) {
                float[] shrunk = along(row[channel], across);
                for (int newY = 0; newY < size.height(); newY++) {
                    float weight = down.weight(newY, y);
                    if (weight > 0) {
                        addRow(result, (channel * size.height() + newY) * size.width(), shrunk, weight);
                    }
                }
            }
        }
        return result;
    }

    private static float[] along(float[] row, ResizedAxis axis) {
        float[] result = new float[axis.size()];
        for (int i = 0; i < result.length; i++) {
            float sum = 0;
            for (int old = axis.first(i); old < axis.end(i); old++) {
                sum += axis.weight(i, old) * row[old];
            }
            result[i] = sum;
        }
        return result;
    }

    private static void addRow(float[] to, int at, float[] row, float weight) {
        for (int i = 0; i < row.length; i++) {
            to[at + i] += weight * row[i];
        }
    }
}
