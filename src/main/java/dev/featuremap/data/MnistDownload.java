package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Missing files on their way into a folder: each is written to a {@code .part} file of this download alone, checked,
 * forced to disk and moved into place in one step.
 *
 * <p>What goes wrong in reading is the source's fault, an {@link IOException}, and the next source may do better; what
 * goes wrong in writing is a {@link Failure} of kind ENVIRONMENT, which no other source would mend.
 */
final class MnistDownload {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final List<MnistFile> missing;
    private final DataProgress progress;
    private final String work;
    private final long total;

    MnistDownload(Path folder, List<MnistFile> missing, DataProgress progress) {
        this.folder = folder;
        this.missing = new ArrayList<>(missing);
        this.progress = progress;
        this.total = bytes(missing);
        this.work = "fetching MNIST: " + (total >> 20) + " MiB unpacked, each file's SHA-256 checked";
    }

    boolean isComplete() {
        return missing.isEmpty();
    }

    List<MnistFile> missing() {
        return List.copyOf(missing);
    }

    /** Takes from one source what is still missing; what it gave before it failed is kept. */
    void from(MnistSource source) throws IOException {
        Path scratch = newScratch();
        try {
            source.fetch(missing(), scratch, (file, content) -> receive(file, content, scratch));
        } finally {
            remove(scratch);
        }
    }

    private void receive(MnistFile file, InputStream content, Path scratch) throws IOException {
        Path part = scratch.resolve(file.name() + ".part");
        try (FileChannel to =
                written(() -> FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            MessageDigest digest = Sha256.digest();
            copy(file, content, to, digest);
            String found = Sha256.hex(digest);
            if (!found.equals(file.sha256())) {
                throw new IOException(file.name() + ": found SHA-256 " + found + ", expected " + file.sha256());
            }
            written(() -> {
                to.force(true);
                return to;
            });
        }
        written(() -> Files.move(part, folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE));
        missing.remove(file);
    }

    private void copy(MnistFile file, InputStream content, FileChannel to, MessageDigest digest) throws IOException {
        long before = total - bytes(missing);
        long received = 0;
        byte[] buffer = new byte[BUFFER];
        for (int count = read(content, buffer, file, 0); count >= 0; count = read(content, buffer, file, received)) {
            received += count;
            if (received > file.bytes()) {
                throw new IOException(file.name() + ": found more than the expected " + file.bytes() + " bytes");
            }
            digest.update(buffer, 0, count);
            ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, count);
            written(() -> {
                while (chunk.hasRemaining()) {
                    to.write(chunk);
                }
                return to;
            });
            progress.advanced(work, before + received, total);
        }
        if (received < file.bytes()) {
            throw new IOException(file.name() + ": found " + received + " bytes, expected " + file.bytes());
        }
    }

    private static int read(InputStream content, byte[] buffer, MnistFile file, long received) throws IOException {
        try {
            return content.read(buffer);
        } catch (EOFException e) {
            // Its own message says nothing.
            throw new IOException(
                    file.name() + ": cut after " + received + " bytes, expected " + file.bytes() + " (unpacked)", e);
        }
    }

    private static long bytes(List<MnistFile> files) {
        return files.stream().mapToLong(MnistFile::bytes).sum();
    }

    private Path newScratch() {
        return written(() -> Files.createTempDirectory(Files.createDirectories(folder), ".fetch-"));
    }

    private void remove(Path scratch) {
        written(() -> {
            try (Stream<Path> all = Files.walk(scratch)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            return scratch;
        });
    }

    /** A step that writes to this machine's disk, which is not the source's business. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    private <T> T written(Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            throw Failure.environment(
                    folder + ": cannot be written to: " + e,
                    "check the folder's permissions and the free disk space",
                    e);
        }
    }
}
