package dev.featuremap;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are whole or not there: written beside their place, forced to disk, then renamed over it. */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Writes text as UTF-8; see {@link #write(Path, Content)}. */
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes a file.
     *
     * @throws Failure (environment) with the path when the disk is full or not writable; what was there before stays
     */
    public static void write(Path file, Content content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(
                            temporary,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            removeLeftover(temporary, e);
            throw unwritable(file, e);
        }
    }

    /** The failure to show for a path that cannot be written. */
    public static Failure unwritable(Path path, IOException e) {
        return Failure.environment(
                "cannot write " + path + ": " + reason(e),
                e instanceof java.nio.file.NoSuchFileException
                        ? "make that folder, or choose another place"
                        : "free some space, choose another place (for a run: --run-dir), or mend the folder's permissions",
                e);
    }

    /** What the system said, without the path again. */
    public static String reason(IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "the folder above it does not exist";
        }
        if (e instanceof FileSystemException at && at.getReason() != null) {
            return at.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void removeLeftover(Path temporary, IOException e) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException second) {
            e.addSuppressed(second);
        }
    }

    /** Makes a rename durable; Windows opens no folders and needs none of this. */
    private static void force(Path folder) throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
