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
        write(file, content, () -> {});
    }

    /**
     * As {@link #write(Path, Content)}.
     *
     * @param permit asked when all is written and only the name is missing; what it throws keeps the file from getting it
     */
    public static void write(Path file, Content content, Runnable permit) {
        Path temporary = RegularFiles.temporary(file);
        try {
            try (FileChannel channel = RegularFiles.create(temporary);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            permit.run();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            RegularFiles.force(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            removeLeftover(temporary, e);
            throw unwritable(file, e);
        } catch (RuntimeException e) {
            removeLeftover(temporary, e);
            throw e;
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

    private static void removeLeftover(Path temporary, Exception e) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException second) {
            e.addSuppressed(second);
        }
    }

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
