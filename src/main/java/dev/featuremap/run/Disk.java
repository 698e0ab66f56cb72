package dev.featuremap.run;

import dev.featuremap.HashedOutput;
import dev.featuremap.RegularFiles;
import dev.featuremap.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The changes a checkpoint makes to the disk, one at a time, each told before it is made: whoever is told can let the process
 * die or the disk fail there.
 */
public final class Disk {
    /** A disk whose changes nobody follows. */
    public static final Disk PLAIN = new Disk((change, path) -> {});

    private static final int BUFFER = 1 << 16;

    /** What is about to be done to a path. */
    public enum Change {
        MAKE,
        WRITE,
        SYNC,
        RENAME,
        DELETE
    }

    /** Is told of each change before it is made, and may keep it from being made. */
    @FunctionalInterface
    public interface Observer {
        void before(Change change, Path path) throws IOException;
    }

    private final Observer observer;

    public Disk(Observer observer) {
        this.observer = observer;
    }

    /**
     * What is in a file.
     *
     * @param bytes its size
     * @param sha256 of its content, in hexadecimal
     */
    public record Stamp(long bytes, String sha256) {
        static Stamp of(Path file) throws IOException {
            MessageDigest digest = Sha256.digest();
            long bytes = readAll(file, digest::update);
            return new Stamp(bytes, Sha256.hex(digest));
        }
    }

    /** Gives all of a file to a sink, piece by piece; answers how many bytes they were. */
    private static long readAll(Path file, Consumer<ByteBuffer> sink) throws IOException {
        long bytes = 0;
        try (FileChannel channel = RegularFiles.open(file, Long.MAX_VALUE)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (channel.read(buffer) >= 0) {
                bytes += buffer.position();
                sink.accept(buffer.flip());
                buffer.clear();
            }
        }
        return bytes;
    }

    void makeFolder(Path folder) throws IOException {
        observer.before(Change.MAKE, folder);
        Files.createDirectory(folder);
    }

    /** Writes what is to be in a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(HashedOutput out) throws IOException;
    }

    /**
     * What was written.
     *
     * @param crc32c of its content, by which it is known again at once
     */
    record Written(Path file, Stamp stamp, long crc32c) {
        /** Whether a file has this content, as far as 32 bits tell. */
        boolean isIn(Path place) throws IOException {
            CRC32C check = new CRC32C();
            return readAll(place, check::update) == stamp.bytes && check.getValue() == crc32c;
        }
    }

    /** Writes a new file and forces it to the disk. */
    Written write(Path file, Content content) throws IOException {
        observer.before(Change.MAKE, file);
        try (FileChannel channel = RegularFiles.create(file);
                HashedOutput out = new HashedOutput(new BufferedOutputStream(new ToldWrites(file, channel), BUFFER))) {
            content.writeTo(out);
            out.flush();
            observer.before(Change.SYNC, file);
            channel.force(true);
            return new Written(file, new Stamp(out.bytes(), out.sha256()), out.crc32c());
        }
    }

    /** Puts a small file in another's place, whole. */
    void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        write(temporary, out -> out.write(content));
        rename(temporary, file);
        sync(file.getParent());
    }

    void rename(Path from, Path to) throws IOException {
        observer.before(Change.RENAME, to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    void sync(Path folder) throws IOException {
        observer.before(Change.SYNC, folder);
        RegularFiles.force(folder);
    }

    /** The same disk, each change to which needs a permit. */
    Disk permitting(Consumer<Path> permit) {
        return new Disk((change, path) -> {
            permit.accept(path);
            observer.before(change, path);
        });
    }

    /** Deletes a file, or a folder with what is in it. */
    void delete(Path path) throws IOException {
        RegularFiles.delete(path, each -> observer.before(Change.DELETE, each));
    }

    private final class ToldWrites extends OutputStream {
        private final Path file;
        private final FileChannel channel;

        ToldWrites(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            observer.before(Change.WRITE, file);
            ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }
}
