package dev.featuremap.data;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.UserPath;
import dev.featuremap.experiment.Extent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A PNG or JPEG picture, upright as its EXIF orientation says, to be made into a network's input of bytes
 * {@code [channels, height, width]}.
 *
 * <p>A picture that is missing, empty, of another kind, damaged, cut, larger than 100 million pixels or than 256 MiB is a
 * {@link Failure} of kind DATA that names the file.
 */
public final class Picture {
    private static final long MOST_BYTES = 1L << 28;
    /** How a picture of another size is made to fit, in words. */
    public static final String RESIZING =
            "each axis by itself, without keeping the ratio of the sides: to fewer pixels, the"
                    + " mean over the area a new pixel covers, old pixels counted by the part of them that lies in it; to more,"
                    + " linear between the two nearest, new pixel i lying at (i + 0.5) * old / new - 0.5, at the ends the last one;"
                    + " then rounded to whole levels";

    /** What red, green and blue count in grey (ITU-R BT.601). */
    public static final List<Double> GREY_WEIGHTS = List.of(0.299, 0.587, 0.114);

    static final String REMEDY = "remove the file, or save it again as PNG or JPEG of at most "
            + PictureDecoder.MOST_PIXELS / 1_000_000 + " million pixels";

    private final BufferedImage image;
    private final Orientation orientation;

    private Picture(BufferedImage image, Orientation orientation) {
        this.image = image;
        this.orientation = orientation;
    }

    /** Reads and decodes a file. */
    public static Picture read(Path named) {
        Path file = FileNames.existing(named);
        if (!Files.exists(file)) {
            throw Failure.data(file + ": no such picture", UserPath.REMEDY);
        }
        return read(FileNames.shown(file), () -> of(content(file)));
    }

    /** Reads and decodes all that a stream holds; {@code name} is what messages call it. */
    public static Picture read(String name, InputStream stream) {
        return read(name, () -> {
            try {
                byte[] content = stream.readNBytes((int) MOST_BYTES + 1);
                if (content.length > MOST_BYTES) {
                    throw new FaultyPictureException("found more than the " + MOST_BYTES + " bytes allowed", null);
                }
                return of(content);
            } catch (IOException e) {
                throw new FaultyPictureException("cannot be read: " + AtomicFiles.reason(e), e);
            }
        });
    }

    /** Opens a picture, or says what is wrong with it. */
    private interface Source {
        Picture open() throws FaultyPictureException;
    }

    private static Picture read(String name, Source source) {
        try {
            return source.open();
        } catch (FaultyPictureException e) {
            throw new Failure(Failure.Kind.DATA, name + ": " + e.getMessage(), REMEDY, e);
        }
    }

    /** A file's bytes, for who looks at many files and tells of all faults at once. */
    static byte[] content(Path file) throws FaultyPictureException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new FaultyPictureException(
                        Files.isDirectory(file) ? "a folder, expected a picture" : "no regular file", null);
            }
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new FaultyPictureException(
                        "found a file of " + size + " bytes, expected at most " + MOST_BYTES, null);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FaultyPictureException("cannot be read: " + AtomicFiles.reason(e), e);
        }
    }

    /** Decodes a file's bytes. */
    static Picture of(byte[] content) throws FaultyPictureException {
        return new Picture(PictureDecoder.decode(content), Orientation.of(content));
    }

    /** Whether a file's name says PNG or JPEG. */
    public static boolean isNamedAsPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    /** Columns when upright; of a very large picture those that were taken, see {@link PictureDecoder}. */
    public int width() {
        return orientation.transposed() ? image.getHeight() : image.getWidth();
    }

    /** Rows when upright, as {@link #width()}. */
    public int height() {
        return orientation.transposed() ? image.getWidth() : image.getHeight();
    }

    /** Whether it is stored in colours, be they all grey. */
    public boolean isColour() {
        return image.getColorModel().getNumColorComponents() > 1;
    }

    /**
     * The picture resized, as bytes {@code [channels, height, width]} with 255 for white.
     *
     * @param channels 1: grey by luma (ITU-R BT.601); 3: red, green, blue
     * @param invert whether light and dark change places
     * @throws Failure (model) for any other number of channels, which no picture file has
     */
    public byte[] toBytes(Extent size, int channels, boolean invert) {
        if (channels != 1 && channels != 3) {
            throw Failure.model(
                    "the network takes pictures of " + channels
                            + " channels; a PNG or JPEG file is read as 1 (grey) or 3 (red, green, blue)",
                    "give the pictures as IDX files of " + channels
                            + " channels, as for its training: evaluate --data");
        }
        Extent stored =
                orientation.transposed() ? new Extent(/* height= */ size.width(), /* width= */ size.height()) : size;
        float[] resized = orientation.upright(resized(stored, channels), channels, size.height(), size.width());
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
