package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureDecoderTest {
    /** White where row and column are odd, one bit a pixel: 25,010,000 pixels in little time. */
    @Test
    void takesEverySecondRowAndColumnOfAVeryLargePicture() throws FaultyPictureException {
        int rowBytes = 1 + (5002 + 7) / 8;
        byte[] rows = new byte[5000 * rowBytes];
        for (int y = 1; y < 5000; y += 2) {
            Arrays.fill(rows, y * rowBytes + 1, (y + 1) * rowBytes, (byte) 0b01010101);
        }

        BufferedImage image = PictureDecoder.decode(PictureBytes.png(5002, 5000, 1, 0, rows));

        assertThat(image.getWidth()).isEqualTo(2501);
        assertThat(image.getHeight()).isEqualTo(2500);
        assertThat(image.getRGB(0, 0)).isEqualTo(0xffffffff);
        assertThat(image.getRGB(2500, 2499)).isEqualTo(0xffffffff);
    }

    /** The size stands in the header: a picture of the most pixels is only found to lack them. */
    @Test
    void refusesMoreThanAHundredMillionPixels() {
        assertThatThrownBy(() -> PictureDecoder.decode(PictureBytes.png(10_000, 10_000, 1, 0, new byte[0])))
                .hasMessageStartingWith("the picture cannot be decoded: ");
        assertThatThrownBy(() -> PictureDecoder.decode(PictureBytes.png(10_000, 10_001, 1, 0, new byte[0])))
                .hasMessage("found a picture of 10000x10001 pixels, expected at most 100000000 in all");
    }

    @Test
    void refusesAJpegWhoseCodesAreNone() {
        byte[] jpeg = encoded("jpg");
        for (int i = jpeg.length / 2; i < jpeg.length - 3; i += 2) {
            jpeg[i] = (byte) 0xff;
            jpeg[i + 1] = 0;
        }

        assertThatThrownBy(() -> PictureDecoder.decode(jpeg))
                .isInstanceOf(FaultyPictureException.class)
                .hasMessage("the picture cannot be decoded: Corrupt JPEG data: bad Huffman code");
    }

    /** Java's decoder for PNG wraps it in "Error reading PNG image data", or says nothing at all. */
    @Test
    void tellsTheInnermostReason() {
        byte[] png = encoded("png");

        assertThatThrownBy(() -> PictureDecoder.decode(Arrays.copyOf(png, png.length / 2)))
                .isInstanceOf(FaultyPictureException.class)
                .hasMessage("the picture cannot be decoded: Unexpected end of ZLIB input stream");
        assertThatThrownBy(() -> PictureDecoder.decode(Arrays.copyOf(png, 20)))
                .isInstanceOf(FaultyPictureException.class)
                .hasMessage("the picture cannot be decoded: EOFException");
    }

    private static byte[] encoded(String format) {
        BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        for (int i = 0; i < 64 * 64; i++) {
            noise.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
        }
        return PictureBytes.encoded(noise, format);
    }
}
