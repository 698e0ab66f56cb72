package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An IDX file of unsigned bytes: {@code [n]}, {@code [n, height, width]} or any other rank from 1 to 4, of any size. A plain one is
 * mapped; a packed one is unpacked into a cache.
 *
 * <p>The file may be plain or gzip, told by its content and not by its name. A header that is wrong, a size that does
 * not fit the header, and a gzip stream that is cut, corrupt or larger than declared are each a {@link Failure} of
 * kind DATA.
 */
public final class IdxFile {
    private final Path file;
    private final int[] dimensions;
    private final LargeBytes content;
    private final long firstValue;
    private final String sha256;
    private final boolean packed;

    /**
     * @param content all of the file, unpacked
     * @param firstValue where in the content the values begin
     */
    IdxFile(Path file, int[] dimensions, LargeBytes content, long firstValue, String sha256, boolean packed) {
        this.file = file;
        this.dimensions = dimensions;
        this.content = content;
        this.firstValue = firstValue;
        this.sha256 = sha256;
        this.packed = packed;
    }

    /** Reads and checks the whole file; a packed one is unpacked into memory, which takes 256 MiB of it at most. */
    public static IdxFile read(Path file) {
        return read(file, DataCache.NONE);
    }

    /** Reads and checks the whole file; a packed one is unpacked into the cache. */
    static IdxFile read(Path file, DataCache cache) {
        return IdxParser.read(FileNames.existing(file), cache);
    }

    /** The header alone, its size checked: what is read so has no values and no hash. */
    static IdxFile unread(Path file) {
        return IdxParser.header(FileNames.existing(file));
    }

    public Path file() {
        return file;
    }

    /** The file's own name, without its folder. */
    String name() {
        return file.getFileName().toString();
    }

    /** Number of dimensions, 1..4. */
    public int rank() {
        return dimensions.length;
    }

    /** The size along one dimension, counted from 0. */
    public int dimension(int index) {
        return dimensions[index];
    }

    /** Number of examples: the first dimension. */
    public int count() {
        return dimensions[0];
    }

    /** The dimensions as in {@code 60000x28x28}. */
    public String shape() {
        return shape(dimensions);
    }

    static String shape(int[] dimensions) {
        return Arrays.stream(dimensions).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }

    /** The value at a place counted over all dimensions, 0..255. */
    public int value(long index) {
        return content.get(firstValue + index);
    }

    /** SHA-256 of the file's bytes as they are on disk. */
    public String sha256() {
        return sha256;
    }

    /** SHA-256 of the file's bytes when unpacked; for a plain file the same as {@link #sha256()}. */
    public String contentSha256() {
        if (!packed) {
            return sha256;
        }
        MessageDigest digest = Sha256.digest();
        content.all(digest::update);
        return Sha256.hex(digest);
    }

    /** Writes as many values from a place on as {@code to} has places for. */
    void read(long index, byte[] to) {
        content.read(firstValue + index, to);
    }
}
