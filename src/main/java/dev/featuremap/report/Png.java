package dev.featuremap.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures as a page holds them. */
final class Png {
    private Png() {}

    static String dataUri(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return dataUri(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    static String dataUri(String base64) {
        return "data:image/png;base64," + base64;
    }
}
