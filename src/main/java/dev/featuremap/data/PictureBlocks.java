package dev.featuremap.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a picture's file keeps its EXIF block, which ImageIO does not hand out: a JPEG's segment {@code APP1}, a PNG's chunk
 * {@code eXIf}.
 *
 * <p>No length in the file is believed: what would reach beyond the file's end is not there.
 */
final class PictureBlocks {
    private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int PNG_EXIF = 0x65584966;
    private static final int JPEG_START = 0xffd8;
    private static final int APP1 = 0xe1;
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private PictureBlocks() {}

    /** The EXIF block, which begins with its byte order, or an empty one. */
    static ByteBuffer exif(byte[] picture) {
        ByteBuffer in = ByteBuffer.wrap(picture);
        if (in.remaining() >= Long.BYTES && in.getLong(0) == PNG_SIGNATURE) {
            return inPng(in.position(Long.BYTES));
        }
        if (in.remaining() >= Short.BYTES && (in.getShort(0) & 0xffff) == JPEG_START) {
            return inJpeg(in.position(Short.BYTES));
        }
        return ByteBuffer.allocate(0);
    }

    /** Chunks of length, type, content and checksum. */
    private static ByteBuffer inPng(ByteBuffer in) {
        while (in.remaining() >= 12) {
            int length = in.getInt();
            int type = in.getInt();
            if (length < 0 || length > in.remaining() - Integer.BYTES) {
                break;
            }
            if (type == PNG_EXIF) {
                return in.slice(in.position(), length);
            }
            in.position(in.position() + length + Integer.BYTES);
        }
        return ByteBuffer.allocate(0);
    }

    /** Segments of marker, length and content, up to the first scan. */
    private static ByteBuffer inJpeg(ByteBuffer in) {
        while (in.remaining() >= 4) {
            int marker = in.get() == (byte) 0xff ? in.get(in.position()) & 0xff : 0xff;
            if (marker == 0xff) {
                continue; // a byte between segments, or one that fills
            }
            in.get();
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                break;
            }
            if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
                continue; // a marker alone
            }
            int length = (in.getShort() & 0xffff) - Short.BYTES;
            if (length < 0 || length > in.remaining()) {
                break;
            }
            ByteBuffer content = in.slice(in.position(), length);
            if (marker == APP1 && startsWith(content, EXIF)) {
                return content.slice(EXIF.length, length - EXIF.length);
            }
            in.position(in.position() + length);
        }
        return ByteBuffer.allocate(0);
    }

    private static boolean startsWith(ByteBuffer content, byte[] start) {
        byte[] found = new byte[Math.min(start.length, content.remaining())];
        content.get(0, found);
        return Arrays.equals(found, start);
    }
}
