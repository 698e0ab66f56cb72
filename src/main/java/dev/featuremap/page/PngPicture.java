package dev.featuremap.page;

import dev.featuremap.page.Block.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture as PNG, one pixel for each number. */
public final class PngPicture {
    private PngPicture() {}

    /** The picture in memory, such as for a notebook's cell. */
    public static BufferedImage image(Picture picture) {
        Grid grid = picture.grid();
        BufferedImage image = new BufferedImage(grid.columns(), grid.rows(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                image.setRGB(column, row, picture.palette().colour(grid.at(row, column) / picture.range()));
            }
        }
        return image;
    }

    /** A {@code data:} address that holds the picture itself. */
    static String dataUri(Picture picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Without this stream ImageIO would make a temporary file for each picture.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image(picture), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
