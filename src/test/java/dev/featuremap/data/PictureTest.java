package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Extent;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    @TempDir
    Path folder;

    /** Java's own getRGB would brighten the greys between. */
    @Test
    void keepsEveryGreyOfAGreyPicture() throws IOException {
        BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setDataElements(0, 0, 16, 16, IdxBytes.counting(256));
        byte[] read = Picture.read(save(grey, "png")).toBytes(Extent.square(16), 1, false);
        assertThat(read).isEqualTo(IdxBytes.counting(256));
    }

    @Test
    void readsDeepAndPaletteAndBinaryGreys() throws IOException {
        for (int type : new int[] {
            BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_INDEXED
        }) {
            BufferedImage image = new BufferedImage(2, 1, type);
            image.setRGB(0, 0, 0xffffffff);
            image.setRGB(1, 0, 0xff000000);
            assertThat(Picture.read(save(image, "png")).toBytes(new Extent(1, 2), 1, false))
                    .containsExactly(255, 0);
        }
    }

    @Test
    void readsColoursAsThreeChannelsOrTheirLuma() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xff0000);
        image.setRGB(1, 0, 0x00ff00);
        image.setRGB(2, 0, 0x0000ff);
        Picture picture = Picture.read(save(image, "png"));
        assertThat(picture.toBytes(new Extent(1, 3), 3, false)).containsExactly(255, 0, 0, 0, 255, 0, 0, 0, 255);
        assertThat(picture.toBytes(new Extent(1, 3), 1, false)).containsExactly(76, 150, 29);
        assertThat(picture.toBytes(new Extent(1, 3), 1, true)).containsExactly(179, 105, 226);
    }

    @Test
    void laysTransparentPartsOnWhitePaper() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00000000);
        image.setRGB(1, 0, 0xff000000);
        assertThat(Picture.read(save(image, "png")).toBytes(new Extent(1, 2), 1, false))
                .containsExactly(255, 0);
    }

    @Test
    void shrinksByTheMeanOfTheAreaCovered() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, 3, 2, new byte[] {0, 60, 120, 30, 90, (byte) 150});
        Picture picture = Picture.read(save(image, "png"));
        assertThat(picture.toBytes(new Extent(1, 1), 1, false)).containsExactly(75);
        // Half of the middle pixel goes to either side: (0+30 + (60+90)/2) / 3, and its mirror image.
        assertThat(picture.toBytes(new Extent(1, 2), 1, false)).containsExactly(35, 115);
    }

    @Test
    void growsByStraightLinesBetweenPixels() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, 2, 1, new byte[] {0, 100});
        assertThat(Picture.read(save(image, "png")).toBytes(new Extent(2, 4), 1, false))
                .containsExactly(0, 25, 75, 100, 0, 25, 75, 100);
    }

    @Test
    void readsJpeg() throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        fill(image, new Color(200, 200, 200));
        Picture picture = Picture.read(save(image, "jpg"));
        assertThat(picture.width()).isEqualTo(40);
        assertThat(picture.height()).isEqualTo(30);
        for (byte value : picture.toBytes(Extent.square(4), 1, false)) {
            assertThat(value & 0xff).isBetween(198, 202);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void rejectsAPictureCutAnywhere(String format) throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 48; i++) {
            image.setRGB(i % 64, i / 64, i * 2654435);
        }
        byte[] whole = Files.readAllBytes(save(image, format));
        // The last twelve bytes of a PNG, and two of a JPEG, only mark the end of what is already complete.
        for (int cut = 0; cut < whole.length - 24; cut += 1 + whole.length / 97) {
            refusal(IdxBytes.write(folder.resolve("cut." + format), Arrays.copyOf(whole, cut)));
        }
    }

    @Test
    void rejectsWhatIsNoPngOrJpeg() throws IOException {
        assertThat(refusal(save(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY), "gif")))
                .hasMessageContaining("neither a PNG nor a JPEG");
        refusal(IdxBytes.write(folder.resolve("text.png"), new byte[] {'h', 'i'}));
        refusal(folder.resolve("nowhere.png"));
    }

    /** The size stands in the header: nothing of it is allocated. */
    @Test
    void rejectsAPictureTooLargeToDecode() {
        assertThat(refusal(IdxBytes.write(folder.resolve("huge.png"), pngHeader(1_000_000, 1_000_000))))
                .hasMessageContaining("1000000x1000000");
    }

    private static byte[] pngHeader(int width, int height) {
        ByteBuffer chunk = ByteBuffer.allocate(17).put(new byte[] {'I', 'H', 'D', 'R'});
        chunk.putInt(width).putInt(height).put(new byte[] {8, 0, 0, 0, 0});
        CRC32 check = new CRC32();
        check.update(chunk.array());
        return ByteBuffer.allocate(8 + 4 + 17 + 4 + 12)
                .putLong(0x89504e470d0a1a0aL)
                .putInt(13)
                .put(chunk.array())
                .putInt((int) check.getValue())
                .putInt(0)
                .put(new byte[] {'I', 'D', 'A', 'T'})
                .array();
    }

    private Failure refusal(Path file) {
        Failure failure =
                catchThrowableOfType(Failure.class, () -> Picture.read(file).toBytes(Extent.square(8), 1, false));
        assertThat(failure).as(file.toString()).isNotNull();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
        assertThat(failure.getMessage()).startsWith(file.toString()).doesNotContain("\n");
        return failure;
    }

    private Path save(BufferedImage image, String format) throws IOException {
        Path file = folder.resolve("图 picture." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    private static void fill(BufferedImage image, Color colour) {
        Graphics2D pen = image.createGraphics();
        pen.setColor(colour);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.dispose();
    }
}
