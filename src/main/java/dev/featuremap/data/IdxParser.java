package dev.featuremap.data;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import dev.featuremap.UserPath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * One pass over an IDX file's bytes that believes no header: sizes are multiplied with overflow checks and compared
 * with the file's before anything is allocated, and a gzip stream is read to its declared size and one byte more.
 *
 * <p>The format: two zero bytes, the type (0x08: unsigned byte), the rank, one big-endian int per dimension, the values.
 */
final class IdxParser {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int LARGEST_RANK = 4;
    /** The longest array that every Java virtual machine gives. */
    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;
    /** Deflate grows by no more than this when it is unpacked, so a header that declares more is false. */
    private static final long DEFLATE_LIMIT = 1032;
    /** What the order of an epoch, that of the next, and which examples are held out take in Java's heap. */
    private static final int HEAP_PER_EXAMPLE = 12;

    private static final int BUFFER = 1 << 16;
    private static final String REMEDY =
            "fetch or export the file again: IDX of unsigned bytes, rank 1 to 4, plain or gzip";

    private final Path file;
    private final long size;
    private final boolean gzip;
    private final InputStream content;
    private int[] dimensions;

    private IdxParser(Path file, long size, boolean gzip, InputStream content) {
        this.file = file;
        this.size = size;
        this.gzip = gzip;
        this.content = content;
    }

    static IdxFile read(Path file, DataCache cache) {
        return open(file, (parser, channel) -> parser.gzip ? parser.packed(cache) : parser.plain(channel));
    }

    static IdxFile header(Path file) {
        LargeBytes none = LargeBytes.of(new byte[0], 0);
        return open(file, (parser, channel) -> new IdxFile(file, parser.dimensions, none, 0, "", false));
    }

    /** Reads what follows a header. */
    private interface Rest {
        IdxFile of(IdxParser parser, FileChannel channel) throws IOException;
    }

    private static IdxFile open(Path file, Rest rest) {
        if (!Files.isRegularFile(file)) {
            throw Failure.data(file + ": no such file", UserPath.REMEDY);
        }
        try (FileChannel channel = FileChannel.open(file);
                InputStream raw = new BufferedInputStream(Channels.newInputStream(channel), BUFFER)) {
            boolean gzip = Gzip.starts(raw);
            InputStream content = gzip ? Gzip.unpacked(raw) : raw;
            IdxParser parser = new IdxParser(file, channel.size(), gzip, content);
            parser.readHeader();
            return rest.of(parser, channel);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Hashes the very bytes that are mapped. */
    private IdxFile plain(FileChannel channel) throws IOException {
        LargeBytes mapped = LargeBytes.mapped(file, channel);
        MessageDigest digest = Sha256.digest();
        mapped.all(digest::update);
        return new IdxFile(file, dimensions, mapped, headerLength(), Sha256.hex(digest), false);
    }

    /** Finds what the file is unpacked to by the hash of its bytes, which are hashed again while they are unpacked. */
    private IdxFile packed(DataCache cache) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream raw = new DigestInputStream(Files.newInputStream(file), digest)) {
            raw.transferTo(OutputStream.nullOutputStream());
        }
        String sha256 = Sha256.hex(digest);
        DataCache.Wanted wanted = new DataCache.Wanted(
                sha256, IdxFile.shape(dimensions) + " unpacked", file, "unpacking " + file.getFileName(), length());
        LargeBytes unpacked = cache.get(wanted, out -> unpack(file, sha256, out));
        return new IdxFile(file, dimensions, unpacked, headerLength(), sha256, true);
    }

    /** Writes all that a packed file declares, no more and no less; what it throws itself is of writing alone. */
    private static void unpack(Path file, String sha256, OutputStream out) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream raw =
                new BufferedInputStream(new DigestInputStream(Files.newInputStream(file), digest), BUFFER)) {
            opened(file, raw).copyTo(out);
        }
        if (!Sha256.hex(digest).equals(sha256)) {
            throw LargeBytes.changed(file, null);
        }
    }

    private static IdxParser opened(Path file, InputStream packed) {
        try {
            IdxParser parser = new IdxParser(file, Files.size(file), true, Gzip.unpacked(packed));
            parser.readHeader();
            return parser;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private long headerLength() {
        return 4 + 4L * dimensions.length;
    }

    /** Bytes of the whole file, unpacked. */
    private long length() {
        return headerLength() + values();
    }

    private void readHeader() throws IOException {
        byte[] magic = content.readNBytes(4);
        if (magic.length < 4) {
            throw refused("cut in its header: found " + magic.length + " bytes, expected 4 of magic number first");
        }
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != UNSIGNED_BYTE || magic[3] < 1 || magic[3] > LARGEST_RANK) {
            throw refused(
                    "found magic number 0x" + HexFormat.of().withUpperCase().formatHex(magic)
                            + ", expected 0x0000080R: unsigned bytes of rank R = 1 to " + LARGEST_RANK);
        }
        int rank = magic[3];
        byte[] sizes = content.readNBytes(4 * rank);
        if (sizes.length < 4 * rank) {
            throw refused("cut in its header: found " + (4 + sizes.length) + " bytes, expected " + (4 + 4 * rank)
                    + " for rank " + rank);
        }
        dimensions = new int[rank];
        ByteBuffer.wrap(sizes).asIntBuffer().get(dimensions);
        for (int dimension : dimensions) {
            if (dimension < 1) {
                throw refused("its header declares " + IdxFile.shape(dimensions) + ": found a dimension of " + dimension
                        + ", expected at least 1");
            }
        }
        requireSize();
        requireHeap();
    }

    /** Refuses, before anything is read or allocated, a file that cannot hold what its header declares. */
    private void requireSize() {
        if (!gzip && size != length()) {
            throw mismatch(size + " bytes");
        }
        if (gzip && values() > size * DEFLATE_LIMIT) {
            throw mismatch(size + " bytes of gzip, which cannot hold that many");
        }
    }

    private void requireHeap() {
        long needed = (long) HEAP_PER_EXAMPLE * dimensions[0];
        if (needed > Runtime.getRuntime().maxMemory()) {
            throw Failure.data(
                    file + ": the order of its " + dimensions[0] + " examples takes " + (needed >> 20)
                            + " MiB of Java's heap, of which there are "
                            + (Runtime.getRuntime().maxMemory() >> 20),
                    "set FEATUREMAP_HEAP to " + ((needed >> 30) + 1) + "g or more");
        }
    }

    /** The header and the values that follow. */
    private void copyTo(OutputStream out) throws IOException {
        ByteBuffer header = ByteBuffer.allocate((int) headerLength());
        header.putInt((UNSIGNED_BYTE << 8) | dimensions.length).asIntBuffer().put(dimensions);
        out.write(header.array(), 0, header.capacity());
        byte[] buffer = new byte[BUFFER];
        for (long done = headerLength(); done < length(); ) {
            int count = read(buffer, (int) Math.min(buffer.length, length() - done), done);
            if (count < 0) {
                throw mismatch(done + " bytes");
            }
            out.write(buffer, 0, count);
            done += count;
        }
        if (read(buffer, 1, length()) >= 0) {
            throw mismatch("more");
        }
    }

    /** As a stream's own {@code read}, but where it breaks is told. */
    private int read(byte[] buffer, int most, long done) {
        try {
            return content.read(buffer, 0, most);
        } catch (IOException e) {
            throw mismatch(done + " bytes, then its gzip stream breaks off (" + AtomicFiles.reason(e) + ")");
        }
    }

    /** How many values the header declares; those of one example must fit into an array. */
    private long values() {
        try {
            long example = 1;
            for (int i = 1; i < dimensions.length; i++) {
                example = Math.multiplyExact(example, (long) dimensions[i]);
            }
            if (example <= MOST_VALUES) {
                return example * dimensions[0];
            }
        } catch (ArithmeticException e) {
            // Beyond a long, so beyond an array: refused like any other that is too large.
        }
        throw refused("its header declares " + IdxFile.shape(dimensions) + ", more than the " + MOST_VALUES
                + " values one example may have; found " + size + " bytes");
    }

    private Failure mismatch(String found) {
        return refused("its header declares " + IdxFile.shape(dimensions) + ", expected " + length() + " bytes, found "
                + found);
    }

    private Failure refused(String what) {
        return Failure.data(file + ": " + what, REMEDY);
    }

    private static Failure unreadable(Path file, IOException e) {
        return new Failure(Failure.Kind.DATA, file + ": cannot be read: " + AtomicFiles.reason(e), REMEDY, e);
    }
}
