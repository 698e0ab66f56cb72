package dev.featuremap.data;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Bytes of any number: those of a mapped file, which are in no heap and leave memory when others need it, or an array.
 *
 * <p>A mapped file's bytes are those of the file that was opened, whatever gets its name later. When it is written over or cut
 * while it is used, reading is refused soon after, since its bytes are no longer those that were hashed. Safe for several threads.
 */
final class LargeBytes {
    /** The file system is asked for changes once in so many reads: each asking costs as much as reading a few small pictures. */
    private static final int READS_PER_LOOK = 64;

    private static final int LARGEST_PIECE = 1 << 30;

    private final ByteBuffer[] pieces;
    private final int pieceLength;
    private final Path file;
    private final BasicFileAttributes whenMapped;
    /** Threads may lose some of each other's counts: then they only look later. */
    private int reads;

    private LargeBytes(ByteBuffer[] pieces, int pieceLength, Path file, BasicFileAttributes whenMapped) {
        this.pieces = pieces;
        this.pieceLength = pieceLength;
        this.file = file;
        this.whenMapped = whenMapped;
    }

    /** The first bytes of an array, not a copy. */
    static LargeBytes of(byte[] all, int length) {
        ByteBuffer first = ByteBuffer.wrap(all, 0, length).slice();
        return new LargeBytes(new ByteBuffer[] {first}, Integer.MAX_VALUE, null, null);
    }

    /** All bytes of an open file. */
    static LargeBytes mapped(Path file, FileChannel channel) throws IOException {
        return mapped(file, channel, LARGEST_PIECE);
    }

    /**
     * As {@link #mapped(Path, FileChannel)}.
     *
     * @param pieceLength most bytes mapped in one piece
     */
    static LargeBytes mapped(Path file, FileChannel channel, int pieceLength) throws IOException {
        BasicFileAttributes now = attributes(file);
        long size = channel.size();
        ByteBuffer[] pieces = new ByteBuffer[Math.toIntExact((size + pieceLength - 1) / pieceLength)];
        for (int i = 0; i < pieces.length; i++) {
            long start = (long) i * pieceLength;
            pieces[i] = channel.map(MapMode.READ_ONLY, start, Math.min(pieceLength, size - start));
        }
        return new LargeBytes(pieces, pieceLength, file, now);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    /** One byte's value, 0..255. */
    int get(long place) {
        try {
            return pieces[(int) (place / pieceLength)].get((int) (place % pieceLength)) & 0xff;
        } catch (InternalError e) {
            throw changed(file, e);
        }
    }

    /** Writes as many bytes from a place on as {@code to} has places for. */
    void read(long place, byte[] to) {
        try {
            for (int done = 0; done < to.length; ) {
                ByteBuffer piece = pieces[(int) ((place + done) / pieceLength)];
                int from = (int) ((place + done) % pieceLength);
                int count = Math.min(to.length - done, piece.limit() - from);
                piece.get(from, to, done, count);
                done += count;
            }
        } catch (InternalError e) {
            throw changed(file, e);
        }
        if (++reads % READS_PER_LOOK == 0) {
            requireUnchanged();
        }
    }

    /** Gives all bytes to a digest or checksum, piece by piece. */
    void all(Consumer<ByteBuffer> digest) {
        try {
            for (ByteBuffer piece : pieces) {
                digest.accept(piece.duplicate());
            }
        } catch (InternalError e) {
            throw changed(file, e);
        }
        requireUnchanged();
    }

    /** A file of its own that has got the name since is no change of the mapped one. */
    private void requireUnchanged() {
        if (file == null) {
            return;
        }
        try {
            BasicFileAttributes now = attributes(file);
            boolean same =
                    now.size() == whenMapped.size() && now.lastModifiedTime().equals(whenMapped.lastModifiedTime());
            if (!same && Objects.equals(now.fileKey(), whenMapped.fileKey())) {
                throw changed(file, null);
            }
        } catch (IOException e) {
            // Removed or renamed: what is mapped stays until it is let go.
        }
    }

    /**
     * That a file is no longer what it was.
     *
     * @param fault what Java throws where a mapped file has been cut; null where it was written over
     */
    static Failure changed(Path file, InternalError fault) {
        return new Failure(
                Failure.Kind.DATA,
                file + ": was changed while it was used",
                "leave the file as it is while it is used, and start again",
                fault);
    }
}
