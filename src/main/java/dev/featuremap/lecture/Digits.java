package dev.featuremap.lecture;

import dev.featuremap.Failure;
import dev.featuremap.page.Grid;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Ten real MNIST digits, one of each class, {@code [28, 28]} from 0 (paper) to 1 (ink). They need no download. */
public final class Digits {
    /** Rows and columns of a digit. */
    public static final int SIDE = 28;

    private static final String STRIP = "digits.png";

    private Digits() {}

    /** The digits 0 to 9. */
    public static List<Grid> all() {
        BufferedImage strip = strip();
        return IntStream.range(0, strip.getWidth() / SIDE)
                .mapToObj(digit -> Grid.of(
                        SIDE,
                        SIDE,
                        (row, column) -> strip.getRaster().getSample(digit * SIDE + column, row, 0) / 255.0))
                .toList();
    }

    static void check(int digit) {
        if (digit < 0 || digit > 9) {
            throw Failure.usage("--digit " + digit + ": there are the digits 0 to 9", "name one of them");
        }
    }

    private static BufferedImage strip() {
        try (InputStream in = Digits.class.getResourceAsStream(STRIP)) {
            if (in == null) {
                throw new IllegalStateException(STRIP + " is not on the classpath");
            }
            return ImageIO.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
