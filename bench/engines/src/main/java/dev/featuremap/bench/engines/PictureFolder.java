package dev.featuremap.bench.engines;

import dev.featuremap.data.IdxFile;
import dev.featuremap.run.Workspace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Makes a folder of MNIST's first training digits as PNG files, a sub-folder for each class, and beside it an experiment that names it. */
public final class PictureFolder {
    private static final int SIDE = 28;

    private PictureFolder() {}

    /** @param arguments the folder, and how many pictures */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path mnist = Workspace.current().mnist();
        IdxFile images = IdxFile.read(mnist.resolve("train-images-idx3-ubyte"));
        IdxFile labels = IdxFile.read(mnist.resolve("train-labels-idx1-ubyte"));
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            Path digit = Files.createDirectories(folder.resolve(Integer.toString(labels.value(i))));
            ImageIO.write(picture(images, i), "png", digit.resolve(i + ".png").toFile());
        }
        Files.writeString(
                Path.of(folder + ".yaml"),
                """
                name: pictures
                data: {source: images, folder: %s, size: 28}
                network: {layers: [{type: output, units: 10, activation: softmax}]}
                loss: mcxent
                training: {epochs: 1}
                """
                        .formatted(folder));
    }

    private static BufferedImage picture(IdxFile images, int index) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
            int level = images.value((long) index * SIDE * SIDE + pixel);
            picture.getRaster().setSample(pixel % SIDE, pixel / SIDE, 0, level);
        }
        return picture;
    }
}
