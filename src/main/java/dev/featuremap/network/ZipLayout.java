package dev.featuremap.network;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * Where everything lies in a zip file whose every byte is accounted for: the entries one after the other from the first
 * byte on, then the directory, then the end record with its comment.
 *
 * <p>Java's own reader believes the directory alone, and passes over what stands elsewhere, says something else of an
 * entry, or belongs to nothing. What is demanded here is what {@code java.util.zip.ZipOutputStream} writes, and outside
 * the entries' contents it leaves only names, times and the comment open.
 *
 * @param parts the entries in their order
 * @param directoryStart the offset behind the last entry
 * @param comment the file's comment in Latin 1, often empty
 */
record ZipLayout(List<Part> parts, long directoryStart, String comment) {
    private static final int LOCAL_BYTES = 30;
    private static final int DIRECTORY_ENTRY_BYTES = 46;
    private static final int DESCRIPTOR_BYTES = 16;
    private static final int END_BYTES = 22;

    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int DIRECTORY_ENTRY_SIGNATURE = 0x02014b50;
    private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
    private static final int END_SIGNATURE = 0x06054b50;

    /** The flag of an entry whose sizes and checksum follow its content, and that of a name in UTF-8. */
    private static final int HAS_DESCRIPTOR = 0x0008;

    private static final int UTF_8_NAME = 0x0800;

    private static final String DAMAGED = "its directory is damaged, or not one that Java writes";

    private static final int MOST_PARTS = 16;
    private static final int MOST_DIRECTORY_BYTES = 1 << 16;

    /**
     * One entry.
     *
     * @param name its bytes in Latin 1
     * @param deflated whether its content is packed, or stored as it is
     * @param crc CRC-32 of the content
     * @param packedBytes the content's size in the file
     * @param bytes the content's own size
     * @param start the offset of the first packed byte
     */
    record Part(String name, boolean deflated, long crc, long packedBytes, long bytes, long start) {}

    /**
     * Reads the structure, and none of the contents.
     *
     * @param commentBytes the only length that a comment may have, if there is one
     * @throws ZipException saying what is wrong
     */
    static ZipLayout read(FileChannel file, int commentBytes) throws IOException {
        ByteBuffer end = end(file, commentBytes);
        long endStart = file.size() - end.capacity();
        int count = Short.toUnsignedInt(end.getShort(10));
        long directoryBytes = Integer.toUnsignedLong(end.getInt(12));
        if (count > MOST_PARTS || directoryBytes > MOST_DIRECTORY_BYTES) {
            throw new ZipException("holds " + count + " entries with a directory of " + directoryBytes
                    + " bytes; a model has 2 or 3 entries");
        }
        long directoryStart = endStart - directoryBytes;
        require(
                directoryStart >= 0
                        && end.getInt(4) == 0
                        && Short.toUnsignedInt(end.getShort(8)) == count
                        && Integer.toUnsignedLong(end.getInt(16)) == directoryStart,
                "its end record does not fit the file");
        ByteBuffer directory = bytes(file, directoryStart, (int) directoryBytes);
        List<Part> parts = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < count; i++) {
            offset = addPart(parts, file, directory, offset);
        }
        require(!directory.hasRemaining() && offset == directoryStart, "bytes in it belong to no entry");
        return new ZipLayout(List.copyOf(parts), directoryStart, latin1(end, END_BYTES, end.capacity() - END_BYTES));
    }

    /** The end record with its comment. */
    private static ByteBuffer end(FileChannel file, int commentBytes) throws IOException {
        for (int comment : new int[] {0, commentBytes}) {
            long start = file.size() - END_BYTES - comment;
            if (start >= 0) {
                ByteBuffer end = bytes(file, start, END_BYTES + comment);
                if (end.getInt(0) == END_SIGNATURE && Short.toUnsignedInt(end.getShort(20)) == comment) {
                    return end;
                }
            }
        }
        throw new ZipException("is no zip file, or was cut off: it has " + file.size() + " bytes");
    }

    /** Reads the directory's next entry, which must be that of the part at the offset; answers the offset behind it. */
    private static long addPart(List<Part> parts, FileChannel file, ByteBuffer directory, long offset)
            throws IOException {
        int at = directory.position();
        checkDirectoryEntry(directory, offset);
        int nameBytes = Short.toUnsignedInt(directory.getShort(at + 28));
        long start = offset + LOCAL_BYTES + nameBytes;
        Part part = new Part(
                latin1(directory, at + DIRECTORY_ENTRY_BYTES, nameBytes),
                directory.getShort(at + 10) == ZipEntry.DEFLATED,
                Integer.toUnsignedLong(directory.getInt(at + 16)),
                Integer.toUnsignedLong(directory.getInt(at + 20)),
                Integer.toUnsignedLong(directory.getInt(at + 24)),
                start);
        boolean described = (directory.getShort(at + 8) & HAS_DESCRIPTOR) != 0;
        long end = start + part.packedBytes + (described ? DESCRIPTOR_BYTES : 0);
        require(part.deflated || part.packedBytes == part.bytes, "its sizes are false");
        boolean same = bytes(file, offset, LOCAL_BYTES + nameBytes).equals(local(directory, at, nameBytes, described));
        if (described) {
            same &= bytes(file, end - DESCRIPTOR_BYTES, DESCRIPTOR_BYTES).equals(descriptor(directory, at));
        }
        require(same, "its directory and one of its entries differ");
        parts.add(part);
        directory.position(at + DIRECTORY_ENTRY_BYTES + nameBytes);
        return end;
    }

    private static void checkDirectoryEntry(ByteBuffer directory, long offset) throws ZipException {
        int at = directory.position();
        require(
                directory.remaining() >= DIRECTORY_ENTRY_BYTES
                        && directory.getInt(at) == DIRECTORY_ENTRY_SIGNATURE
                        && directory.remaining()
                                >= DIRECTORY_ENTRY_BYTES + Short.toUnsignedInt(directory.getShort(at + 28)),
                DAMAGED);
        int flags = directory.getShort(at + 8);
        int method = directory.getShort(at + 10);
        boolean deflated = method == ZipEntry.DEFLATED;
        boolean stored = method == ZipEntry.STORED && (flags & HAS_DESCRIPTOR) == 0;
        int version = deflated ? 20 : 10;
        require(
                (deflated || stored)
                        && (flags & ~(HAS_DESCRIPTOR | UTF_8_NAME)) == 0
                        && directory.getShort(at + 4) == version
                        && directory.getShort(at + 6) == version
                        && Integer.toUnsignedLong(directory.getInt(at + 42)) == offset,
                DAMAGED);
        for (int i = at + 30; i < at + 42; i++) { // no extra field, comment, second disk or attributes
            require(directory.get(i) == 0, DAMAGED);
        }
    }

    /** What must stand before a content, told from its entry in the directory. */
    private static ByteBuffer local(ByteBuffer directory, int at, int nameBytes, boolean described) {
        ByteBuffer local = littleEndian(LOCAL_BYTES + nameBytes);
        local.putInt(LOCAL_SIGNATURE).put(directory.slice(at + 6, 10));
        local.put(described ? ByteBuffer.allocate(12) : directory.slice(at + 16, 12));
        local.putShort((short) nameBytes).putShort((short) 0);
        return local.put(directory.slice(at + DIRECTORY_ENTRY_BYTES, nameBytes)).flip();
    }

    /** What must stand behind a content. */
    private static ByteBuffer descriptor(ByteBuffer directory, int at) {
        return littleEndian(DESCRIPTOR_BYTES)
                .putInt(DESCRIPTOR_SIGNATURE)
                .put(directory.slice(at + 16, 12))
                .flip();
    }

    private static ByteBuffer bytes(FileChannel file, long start, int count) throws IOException {
        byte[] bytes = new FileSlice(file, start, start + count).readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("cut off while it was read");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String latin1(ByteBuffer from, int start, int count) {
        byte[] letters = new byte[count];
        from.get(start, letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean holds, String otherwise) throws ZipException {
        if (!holds) {
            throw new ZipException(otherwise);
        }
    }
}
