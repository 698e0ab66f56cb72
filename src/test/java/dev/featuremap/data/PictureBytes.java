package dev.featuremap.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Makes picture files, right and wrong, for the tests. */
public final class PictureBytes {
    private static final int PNG_HEADER = 8 + 25;

    private PictureBytes() {}

    /** A picture of these grey levels, row by row, each pixel so many pixels wide and high. */
    static BufferedImage grey(int[][] rows, int enlarged) {
        BufferedImage image =
                new BufferedImage(rows[0].length * enlarged, rows.length * enlarged, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.getRaster().setSample(x, y, 0, rows[y / enlarged][x / enlarged]);
            }
        }
        return image;
    }

    static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("no " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A PNG or JPEG with an EXIF block that says how the camera was held, behind an entry of another kind. */
    static byte[] oriented(byte[] picture, int orientation, ByteOrder order) {
        ByteBuffer exif = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
        exif.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4d4d));
        exif.putShort((short) 42).putInt(8).putShort((short) 2);
        exif.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(3);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation).putShort((short) 0).putInt(0);
        return withExif(picture, exif.array());
    }

    static byte[] withExif(byte[] picture, byte[] exif) {
        if (picture[0] == (byte) 0x89) {
            return inserted(picture, PNG_HEADER, chunk("eXIf", exif));
        }
        ByteBuffer segment = ByteBuffer.allocate(10 + exif.length);
        segment.putShort((short) 0xffe1).putShort((short) (8 + exif.length));
        segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif);
        return inserted(picture, 2, segment.array());
    }

    /** The start of a PNG: its header, which says 8 bits of grey. */
    static byte[] pngHeader(int width, int height, int depth, int colourType) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put(new byte[] {(byte) depth, (byte) colourType, 0, 0, 0});
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        return IdxBytes.join(signature, chunk("IHDR", header.array()));
    }

    /** A whole PNG of this size, 8 bits of red, green and blue, all black: large in pixels, small in bytes. */
    public static byte[] blackPng(int width, int height) {
        byte[] rows = new byte[height * (1 + 3 * width)];
        return png(width, height, 8, 2, rows);
    }

    /** A whole PNG; each of its rows begins with a 0. */
    static byte[] png(int width, int height, int depth, int colourType, byte[] rows) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream to = new DeflaterOutputStream(packed)) {
            to.write(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return IdxBytes.join(
                pngHeader(width, height, depth, colourType),
                chunk("IDAT", packed.toByteArray()),
                chunk("IEND", new byte[0]));
    }

    static byte[] chunk(String type, byte[] content) {
        byte[] checked = IdxBytes.join(type.getBytes(StandardCharsets.US_ASCII), content);
        CRC32 check = new CRC32();
        check.update(checked);
        return ByteBuffer.allocate(8 + checked.length)
                .putInt(content.length)
                .put(checked)
                .putInt((int) check.getValue())
                .array();
    }

    static byte[] inserted(byte[] into, int at, byte[] more) {
        return IdxBytes.join(Arrays.copyOf(into, at), more, Arrays.copyOfRange(into, at, into.length));
    }
}
