package dev.featuremap.network;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A zip whose fields say what they are told to say, true or not. */
final class HandmadeZip {
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int count;

    static long crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[content.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    HandmadeZip stored(String name, byte[] content) {
        return stored(name, content, crc(content), content.length);
    }

    HandmadeZip stored(String name, byte[] content, long crc, int bytes) {
        return add(name, 0, content, crc, bytes);
    }

    HandmadeZip deflated(String name, byte[] packed, long crc, int bytes) {
        return add(name, 8, packed, crc, bytes);
    }

    private HandmadeZip add(String name, int method, byte[] packed, long crc, int bytes) {
        byte[] letters = name.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer fields = buffer(26) // from the version on, as they stand in both headers
                .putShort((short) (method == 8 ? 20 : 10))
                .putShort((short) 0)
                .putShort((short) method)
                .putInt(0)
                .putInt((int) crc)
                .putInt(packed.length)
                .putInt(bytes)
                .putShort((short) letters.length)
                .putShort((short) 0)
                .flip();
        ByteBuffer listed = buffer(46).putInt(0x02014b50).putShort(fields.getShort(0));
        listed.put(fields.duplicate()).putInt(42, entries.size());
        directory.writeBytes(all(listed));
        directory.writeBytes(letters);
        entries.writeBytes(all(buffer(30).putInt(0x04034b50).put(fields.duplicate())));
        entries.writeBytes(letters);
        entries.writeBytes(packed);
        count++;
        return this;
    }

    byte[] bytes() {
        return bytes("");
    }

    byte[] bytes(String comment) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(entries.toByteArray());
        whole.writeBytes(directory.toByteArray());
        whole.writeBytes(all(buffer(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) count)
                .putShort((short) count)
                .putInt(directory.size())
                .putInt(entries.size())
                .putShort((short) comment.length())));
        whole.writeBytes(comment.getBytes(StandardCharsets.ISO_8859_1));
        return whole.toByteArray();
    }

    private static byte[] all(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
