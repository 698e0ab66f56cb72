package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Keeps other processes out of a folder; the system itself ends the lock of a process that dies. */
public final class DirectoryLock implements AutoCloseable {
    /**
     * The folders this process holds. POSIX locks are the process's, and closing any channel of a locked file gives its lock
     * back: so whoever asks for a folder that is held here must not even open its file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final int LONGEST_PID = 20;
    private static final int ATTEMPTS = 100;
    private static final long PAUSE_NANOSECONDS = 10_000_000;

    private final Path folder;
    private final FileChannel channel;

    private DirectoryLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Locks a folder by its file {@code .lock}.
     *
     * @throws Failure (environment) naming the process that holds it
     */
    public static DirectoryLock of(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (!HELD.add(real)) {
                throw inUse(folder, ownPid());
            }
            try {
                return new DirectoryLock(real, locked(folder));
            } catch (Failure | IOException e) {
                HELD.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder.resolve(".lock"), e);
        }
    }

    private static FileChannel locked(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(folder, owner(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(ownPid().getBytes(StandardCharsets.US_ASCII)), 0);
            return channel;
        } catch (Failure | IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The process that holds a folder; empty when none does. */
    static Optional<String> owner(Path folder) {
        try {
            if (HELD.contains(folder.toRealPath())) {
                return Optional.of(ownPid());
            }
            Path file = folder.resolve(".lock");
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
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
        return pid.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(pid))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_PID);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
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
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            HELD.remove(folder);
        }
    }
}
