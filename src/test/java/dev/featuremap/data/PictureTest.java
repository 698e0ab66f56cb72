package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Extent;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void givesOneChannelAfterTheOther() throws IOException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 2, 2, new int[] {0x010509, 0x02060a, 0x03070b, 0x04080c}, 0, 2);
        assertThat(Picture.read(save(image, "png")).toBytes(Extent.square(2), 3, false))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
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
    void readsWhatAStreamHoldsAndCallsItByTheGivenName() {
        byte[] png = PictureBytes.encoded(PictureBytes.grey(new int[][] {{100}}, 8), "png");

        assertThat(Picture.read("standard input", new ByteArrayInputStream(png)).width())
                .isEqualTo(8);
        assertThatThrownBy(() -> Picture.read("standard input", new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(Failure.class)
                .hasMessage("standard input: an empty file");
        assertThatThrownBy(() -> Picture.read("standard input", new PipedInputStream()))
                .isInstanceOf(Failure.class)
                .hasMessage("standard input: cannot be read: Pipe not connected");
    }

    @Test
    void isColouredWhereItIsStoredInColours() {
        BufferedImage colours = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);

        assertThat(read(PictureBytes.encoded(colours, "png")).isColour()).isTrue();
        assertThat(read(PictureBytes.encoded(PictureBytes.grey(new int[][] {{100}}, 8), "png"))
                        .isColour())
                .isFalse();
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

    /** What is stored in the first row and column, of a picture ab/cd/ef: EXIF 2.32, tag Orientation. */
    @ParameterizedTest
    @CsvSource({
        "1, ab/cd/ef",
        "2, ba/dc/fe",
        "3, fe/dc/ba",
        "4, ef/cd/ab",
        "5, ace/bdf",
        "6, bdf/ace",
        "7, fdb/eca",
        "8, eca/fdb",
        "0, ab/cd/ef",
        "9, ab/cd/ef"
    })
    void laysAPictureUprightAsItsExifSays(int orientation, String stored) {
        int[][] levels = Arrays.stream(stored.split("/"))
                .map(row -> row.chars().map(letter -> 40 * (letter - 'a')).toArray())
                .toArray(int[][]::new);
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (String format : List.of("png", "jpg")) {
                byte[] plain = PictureBytes.encoded(PictureBytes.grey(levels, 8), format);
                Picture picture = read(PictureBytes.oriented(plain, orientation, order));
                assertThat(picture.width()).isEqualTo(16);
                assertThat(picture.height()).isEqualTo(24);
                byte[] upright = picture.toBytes(new Extent(3, 2), 1, false);
                for (int i = 0; i < 6; i++) {
                    assertThat(upright[i] & 0xff).as(format + " " + i).isBetween(40 * i - 1, 40 * i + 1);
                }
            }
        }
    }

    @Test
    void laysEachColourUpright() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x0a1428);
        image.setRGB(1, 0, 0x50647d);
        byte[] png = PictureBytes.oriented(PictureBytes.encoded(image, "png"), 6, ByteOrder.BIG_ENDIAN);
        assertThat(read(png).toBytes(new Extent(2, 1), 3, false)).containsExactly(10, 80, 20, 100, 40, 125);
    }

    /** A damaged EXIF block is no fault of the picture's, whatever numbers stand in it. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void readsAPictureWhoseExifIsDamaged(String format) {
        byte[] plain = PictureBytes.encoded(PictureBytes.grey(new int[][] {{100}}, 8), format);
        byte[] sound = PictureBytes.oriented(plain, 6, ByteOrder.BIG_ENDIAN);
        int exif = sound.length - plain.length;
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            assertThat(read(PictureBytes.withExif(plain, noise)).width()).isEqualTo(8);
            byte[] changed = Arrays.copyOfRange(sound, format.equals("png") ? 41 : 12, exif);
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            assertThat(read(PictureBytes.withExif(plain, changed)).width()).isEqualTo(8);
        }
    }

    @Test
    void readsAJpegWithSurplusBytes() {
        byte[] plain = PictureBytes.encoded(PictureBytes.grey(new int[][] {{100}}, 16), "jpg");
        byte[] surplus = PictureBytes.inserted(plain, plain.length - 2, new byte[64]);
        assertThat(read(surplus).toBytes(Extent.square(1), 1, false)).containsExactly(100);
        byte[] trailing = IdxBytes.join(plain, new byte[100]);
        assertThat(read(trailing).toBytes(Extent.square(1), 1, false)).containsExactly(100);
    }

    /** Printers' JPEGs hold four inks, stored as what is left of the paper, as Adobe's programs do. */
    @Test
    void readsAJpegOfFourInks() throws IOException {
        WritableRaster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
        for (int i = 0; i < 64; i++) {
            inks.setPixel(i % 8, i / 8, new int[] {245, 155, 55, 225});
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(inks, null, null), null);
        } finally {
            writer.dispose();
        }
        byte[] adobe = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        byte[] colours =
                read(PictureBytes.inserted(bytes.toByteArray(), 2, adobe)).toBytes(Extent.square(1), 3, false);
        // Each ink's light times that of black: 245 * 225 / 255 and so on.
        int[] expected = {216, 137, 49};
        for (int i = 0; i < 3; i++) {
            assertThat(colours[i] & 0xff).isBetween(expected[i] - 3, expected[i] + 3);
        }
    }

    @Test
    void readsDeepColoursAndGreysWithTransparency() throws IOException {
        byte[] row = {0, (byte) 200, 0, 40, 0, 10, 0, (byte) 128, 0};
        assertThat(read(PictureBytes.png(1, 1, 16, 6, row)).toBytes(Extent.square(1), 3, false))
                .containsExactly(227, 147, 132);
        byte[] greyRow = {0, 100, (byte) 255, 100, (byte) 128, 100, 0};
        assertThat(read(PictureBytes.png(3, 1, 8, 4, greyRow)).toBytes(new Extent(1, 3), 1, false))
                .containsExactly(100, 177, 255);
        byte[] deepGrey = {0, 100, 100};
        assertThat(read(PictureBytes.png(1, 1, 16, 0, deepGrey)).toBytes(Extent.square(1), 1, false))
                .containsExactly(100);
    }

    /** Every second or third row and column of 25 to 100 million pixels: the same tones, in a fraction of the memory. */
    @Tag("slow")
    @Test
    void readsAVeryLargePictureInPart() {
        Picture picture = read(PictureBytes.blackPng(5002, 5000));
        assertThat(picture.width()).isEqualTo(2501);
        assertThat(picture.toBytes(Extent.square(2), 1, false)).containsExactly(0, 0, 0, 0);
    }

    @Tag("slow")
    @Test
    void readsAPictureOfOneRowHoweverLong() {
        assertThat(read(PictureBytes.blackPng(26_000_000, 1)).height()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void rejectsChannelsThatNoPictureFileHas(int channels) {
        Picture picture = read(PictureBytes.encoded(PictureBytes.grey(new int[][] {{100}}, 8), "png"));
        Failure failure = catchThrowableOfType(Failure.class, () -> picture.toBytes(Extent.square(8), channels, false));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
        assertThat(failure).hasMessageContaining(channels + " channels");
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
        assertThat(refusal(IdxBytes.write(folder.resolve("empty.png"), new byte[0])))
                .hasMessageContaining("empty file");
        assertThat(refusal(folder)).hasMessageContaining("a folder");
    }

    /** A sparse file: nothing of it is read. */
    @Test
    void rejectsAFileTooLargeToRead() throws IOException {
        Path sparse = IdxBytes.write(folder.resolve("sparse.png"), PictureBytes.pngHeader(4, 4, 8, 0));
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(1L << 33);
        }
        assertThat(refusal(sparse)).hasMessageContaining("8589934592 bytes");
    }

    /** The size stands in the header: nothing of it is allocated. */
    @Test
    void rejectsAPictureTooLargeToDecode() {
        assertThat(refusal(
                        IdxBytes.write(folder.resolve("huge.png"), PictureBytes.pngHeader(1_000_000, 1_000_000, 8, 0))))
                .hasMessageContaining("1000000x1000000");
    }

    private Picture read(byte[] content) {
        return Picture.read(IdxBytes.write(folder.resolve("picture"), content));
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
