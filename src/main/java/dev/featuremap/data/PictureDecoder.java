package dev.featuremap.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG or JPEG file's bytes become pixels, as they are stored; the size is read from the header before anything is decoded.
 *
 * <p>Of a picture above 25 million pixels every second or third row and column is taken, so that its size in memory stays
 * below what a heap of 768 MiB holds.
 */
final class PictureDecoder {
    static final long MOST_PIXELS = 100_000_000;
    private static final double MOST_IN_MEMORY = 25_000_000;

    private PictureDecoder() {}

    /** @throws FaultyPictureException if it is none, damaged, cut or too large */
    static BufferedImage decode(byte[] file) throws FaultyPictureException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = reader(in);
            if (reader == null) {
                throw new FaultyPictureException(
                        file.length == 0 ? "an empty file" : "found neither a PNG nor a JPEG picture", null);
            }
            try {
                return decode(reader, in);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Java's decoders answer some damaged headers and colour profiles with unchecked exceptions.
            rethrowExhaustedMemory(e);
            throw new FaultyPictureException("the picture cannot be decoded: " + reason(e), e);
        }
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

    private static BufferedImage decode(ImageReader reader, ImageInputStream in)
            throws IOException, FaultyPictureException {
        reader.setInput(in, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            throw new FaultyPictureException(
                    "found a picture of " + width + "x" + height + " pixels, expected at most " + MOST_PIXELS
                            + " in all",
                    null);
        }
        List<String> damages = new ArrayList<>();
        // A cut JPEG is decoded with the rest left grey, and only this listener hears of it.
        reader.addIIOReadWarningListener((source, warning) -> {
            if (isDamage(warning)) {
                damages.add(warning);
            }
        });
        BufferedImage image = reader.read(0, thinned(reader, width, height));
        if (!damages.isEmpty()) {
            throw new IOException(damages.get(0));
        }
        return image;
    }

    /** Surplus bytes before a marker leave the picture whole; what else the decoder calls corrupt does not. */
    private static boolean isDamage(String warning) {
        return warning.contains("remature end")
                || (warning.contains("Corrupt JPEG") && !warning.contains("extraneous bytes before marker"));
    }

    private static ImageReadParam thinned(ImageReader reader, int width, int height) {
        int step = (int) Math.ceil(Math.sqrt((long) width * height / MOST_IN_MEMORY));
        int across = Math.min(step, width);
        int down = Math.min(step, height);
        ImageReadParam settings = reader.getDefaultReadParam();
        settings.setSourceSubsampling(across, down, across / 2, down / 2);
        return settings;
    }

    /** PNG's decoder hides an exhausted heap in an exception of its own: no fault of the picture's. */
    private static void rethrowExhaustedMemory(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError exhausted) {
                throw exhausted;
            }
        }
    }

    /** The innermost message: ImageIO wraps "unexpected end of stream" in "Caught exception during read". */
    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
