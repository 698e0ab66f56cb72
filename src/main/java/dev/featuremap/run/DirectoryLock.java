package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps other processes out of a folder; the system itself ends the lock of a process that dies.
 *
 * <p>It is the lock of the folder that was there when it was taken. Somebody may remove that one, and another process make its own
 * in its place: {@link #check} tells whoever is about to write into it.
 */
public final class DirectoryLock implements AutoCloseable {
    private static final String FILE = ".lock";

    /**
     * The folders this process holds. POSIX locks are the process's, and closing any channel of a locked file gives its lock
     * back: so whoever asks for a folder that is held here must not even open its file.
     */
    private static final Map<Path, DirectoryLock> HELD = new ConcurrentHashMap<>();

    private static final int LONGEST_PID = 20;
    private static final int ATTEMPTS = 100;
    private static final int ATTEMPTS_TO_LOCK = 5;
    private static final long PAUSE_NANOSECONDS = 10_000_000;

    private final Path folder;
    /** Null until the lock is taken. */
    private volatile Held held;

    /** @param key see {@link RegularFiles#key} */
    private record Held(FileChannel channel, Object key) {}

    private DirectoryLock(Path folder) {
        this.folder = folder;
    }

    /**
     * Locks a folder by its file {@code .lock}.
     *
     * @throws Failure (environment) naming the process that holds it
     */
    public static DirectoryLock of(Path folder) {
        try {
            DirectoryLock lock = new DirectoryLock(folder.toRealPath());
            if (HELD.putIfAbsent(lock.folder, lock) != null) {
                throw inUse(folder, ownPid());
            }
            try {
                while (lock.held == null) {
                    lock.held = locked(folder);
                }
                return lock;
            } catch (Failure | IOException e) {
                HELD.remove(lock.folder);
                throw e;
            }
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder.resolve(FILE), e);
        }
    }

    /** Null when the file that was locked is not, or no longer, the folder's own: another process was at it just then. */
    private static Held locked(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!RegularFiles.isFile(file)) {
            makeUnlessThere(file);
        }
        Object key = RegularFiles.key(file);
        FileChannel channel = RegularFiles.openInPlace(file);
        try {
            if (!isLocked(channel)) {
                throw inUse(folder, owner(channel));
            }
            if (RegularFiles.hasOtherNames(file)) {
                Files.delete(file); // What else it is stays as it is.
            }
            if (!key.equals(RegularFiles.key(file))) {
                channel.close();
                return null;
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(ownPid().getBytes(StandardCharsets.US_ASCII)), 0);
            return new Held(channel, key);
        } catch (Failure | IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Whoever asks for the owner has the lock for a moment: it is tried again before somebody is said to hold it. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        for (int attempt = 1; channel.tryLock() == null; attempt++) {
            if (attempt == ATTEMPTS_TO_LOCK) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOSECONDS);
        }
        return true;
    }

    private static void makeUnlessThere(Path file) throws IOException {
        try {
            RegularFiles.create(file).close();
        } catch (FileAlreadyExistsException e) {
            // Another process wants the folder too: who locks the file has it.
        }
    }

    /**
     * Makes sure that the folders this process has locked are still the ones that were locked, as far as a path is in them.
     *
     * @throws Failure (environment) when one was removed or replaced
     */
    public static void check(Path path) {
        replaced(path).ifPresent(folder -> {
            throw Failure.environment(
                    folder + " was removed, or replaced by another, while this process worked in it",
                    "what is there now was left alone; repeat the command, in another folder with --run-dir",
                    null);
        });
    }

    /** Whether {@link #check} would find nothing. */
    static boolean isStillThere(Path path) {
        return replaced(path).isEmpty();
    }

    private static Optional<Path> replaced(Path path) {
        Path inside = path.toAbsolutePath().normalize();
        return HELD.values().stream()
                .filter(lock -> lock.held != null
                        && inside.startsWith(lock.folder)
                        && !lock.held.key.equals(RegularFiles.key(lock.folder.resolve(FILE))))
                .map(lock -> lock.folder)
                .findFirst();
    }

    /**
     * Removes those files of a folder that are there, in this order.
     *
     * @throws Failure (environment) when one cannot be removed
     */
    static void delete(Path folder, List<String> names) {
        try {
            for (String name : names) {
                check(folder);
                if (RegularFiles.isFile(folder.resolve(name))) {
                    RegularFiles.delete(folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder, e);
        }
    }

    /** Writes a text as UTF-8; see {@link #write(Path, AtomicFiles.Content)}. */
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes a file, whole or not at all, as {@link AtomicFiles} does: not at all where {@link #check} fails.
     *
     * @throws Failure (environment) with the path when the disk does not take it
     */
    public static void write(Path file, AtomicFiles.Content content) {
        // What was written so far is beside the file, under a name that no other process has: in a folder that is put
        // in the
        // place of this one later, it is not found.
        AtomicFiles.write(file, content, () -> check(file));
    }

    /** The process that holds a folder; empty when none does. */
    public static Optional<String> owner(Path folder) {
        try {
            if (HELD.containsKey(folder.toRealPath())) {
                return Optional.of(ownPid());
            }
            Path file = folder.resolve(FILE);
            if (!RegularFiles.isFile(file)) {
                return Optional.empty();
            }
            try (FileChannel channel = RegularFiles.openInPlace(file)) {
                return channel.tryLock() == null ? Optional.of(owner(channel)) : Optional.empty();
            }
        } catch (IOException e) {
            // Who may not read the file cannot tell; what the question was for is told without the answer.
            return Optional.empty();
        }
    }

    /** Whoever holds the lock writes its pid right after taking it: until then, that of the one before may stand there. */
    private static String owner(FileChannel channel) throws IOException {
        String pid = text(channel);
        for (int attempt = 0; attempt < ATTEMPTS && !isAlive(pid); attempt++) {
            LockSupport.parkNanos(PAUSE_NANOSECONDS);
            pid = text(channel);
        }
        return pid;
    }

    private static boolean isAlive(String pid) {
        return Character.isDigit(pid.charAt(0))
                && ProcessHandle.of(Long.parseLong(pid))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_PID);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        return text.matches("\\d{1,18}") ? text : "(unknown)";
    }

    private static String ownPid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static Failure inUse(Path folder, String pid) {
        return Failure.environment(
                folder + " is in use by process " + pid,
                "wait until it has ended, or name another folder with --run-dir",
                null);
    }

    @Override
    public void close() {
        try {
            held.channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            HELD.remove(folder);
        }
    }
}
