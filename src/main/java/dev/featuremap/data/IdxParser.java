package dev.featuremap.data;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import dev.featuremap.UserPath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
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

    private static final int LARGEST_PIECE = 1 << 30;
    private static final int FIRST_CHUNK = 1 << 20;
    private static final int BUFFER = 1 << 16;
    private static final String REMEDY =
            "fetch or export the file again: IDX of unsigned bytes, rank 1 to 4, plain or gzip";

    private final Path file;
    private final long size;
    private final boolean gzip;
    private final InputStream content;

    private IdxParser(Path file, long size, boolean gzip, InputStream content) {
        this.file = file;
        this.size = size;
        this.gzip = gzip;
        this.content = content;
    }

    static IdxFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Failure.data(file + ": no such file", UserPath.REMEDY);
        }
        try (FileChannel channel = FileChannel.open(file);
                InputStream raw = new BufferedInputStream(Channels.newInputStream(channel), BUFFER)) {
            return Gzip.starts(raw) ? packed(file, raw) : plain(file, channel, raw);
        } catch (IOException e) {
            throw new Failure(Failure.Kind.DATA, file + ": cannot be read: " + AtomicFiles.reason(e), REMEDY, e);
        }
    }

    /** Hashes the very bytes that are mapped, once all that its header says of them is found right. */
    private static IdxFile plain(Path file, FileChannel channel, InputStream content) throws IOException {
        LargeBytes mapped = LargeBytes.mapped(file, channel, LARGEST_PIECE);
        IdxParser parser = new IdxParser(file, channel.size(), false, content);
        int[] dimensions = parser.header();
        parser.requireSize(dimensions);
        MessageDigest digest = Sha256.digest();
        mapped.update(digest);
        String sha256 = Sha256.hex(digest);
        return new IdxFile(file, dimensions, mapped, headerLength(dimensions), sha256, sha256);
    }

    private static IdxFile packed(Path file, InputStream raw) throws IOException {
        MessageDigest onDisk = Sha256.digest();
        MessageDigest unpacked = Sha256.digest();
        InputStream content = new DigestInputStream(
                Gzip.unpacked(new BufferedInputStream(new DigestInputStream(raw, onDisk))), unpacked);
        IdxParser parser = new IdxParser(file, Files.size(file), true, content);
        int[] dimensions = parser.header();
        parser.requireSize(dimensions);
        byte[] values = parser.values(dimensions);
        return new IdxFile(file, dimensions, LargeBytes.of(values), 0, Sha256.hex(onDisk), Sha256.hex(unpacked));
    }

    private static long headerLength(int[] dimensions) {
        return 4 + 4L * dimensions.length;
    }

    private int[] header() throws IOException {
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
        int[] dimensions = new int[rank];
        ByteBuffer.wrap(sizes).asIntBuffer().get(dimensions);
        for (int dimension : dimensions) {
            if (dimension < 1) {
                throw refused("its header declares " + IdxFile.shape(dimensions) + ": found a dimension of " + dimension
                        + ", expected at least 1");
            }
        }
        return dimensions;
    }

    /** Refuses, before anything is read or allocated, a file that cannot hold what its header declares. */
    private void requireSize(int[] dimensions) {
        long declared = product(dimensions);
        long length = headerLength(dimensions) + declared;
        if (!gzip && size != length) {
            throw mismatch(dimensions, length, size + " bytes");
        }
        if (gzip && declared > size * DEFLATE_LIMIT) {
            throw mismatch(dimensions, length, size + " bytes of gzip, which cannot hold that many");
        }
    }

    /** Unpacks the values. */
    private byte[] values(int[] dimensions) throws IOException {
        long declared = product(dimensions);
        long header = headerLength(dimensions);
        byte[] values = new byte[(int) Math.min(declared, FIRST_CHUNK)];
        int found = 0;
        while (found < declared) {
            if (found == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(declared, 2L * values.length));
            }
            int count = readSome(values, found, dimensions);
            if (count < 0) {
                throw mismatch(dimensions, header + declared, (header + found) + " bytes");
            }
            found += count;
        }
        if (content.read() >= 0) {
            throw mismatch(dimensions, header + declared, "more");
        }
        return values;
    }

    /** As {@code read}, but a stream that breaks says where. */
    private int readSome(byte[] values, int found, int[] dimensions) {
        long header = headerLength(dimensions);
        try {
            return content.read(values, found, values.length - found);
        } catch (IOException e) {
            String where = (header + found) + " bytes, then its gzip stream breaks off (" + AtomicFiles.reason(e) + ")";
            throw mismatch(dimensions, header + product(dimensions), where);
        }
    }

    /** How many values a header declares; one example of them must fit into an array, and so must all that are unpacked. */
    private long product(int[] dimensions) {
        try {
            long example = 1;
            for (int i = 1; i < dimensions.length; i++) {
                example = Math.multiplyExact(example, (long) dimensions[i]);
            }
            long product = Math.multiplyExact(example, (long) dimensions[0]);
            if ((gzip ? product : example) <= MOST_VALUES) {
                return product;
            }
        } catch (ArithmeticException e) {
            // Beyond a long, so beyond an array: refused like any other that is too large.
        }
        throw refused("its header declares " + IdxFile.shape(dimensions) + ", more than the " + MOST_VALUES + " values "
                + (gzip ? "a packed file may hold" : "one example may have") + "; found " + size + " bytes");
    }

    private Failure mismatch(int[] dimensions, long expected, String found) {
        return refused("its header declares " + IdxFile.shape(dimensions) + ", expected " + expected + " bytes, found "
                + found);
    }

    private Failure refused(String what) {
        return Failure.data(file + ": " + what, REMEDY);
    }
}
