package dev.featuremap.data;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A folder of what was unpacked or decoded once, in files that are mapped afterwards.
 *
 * <p>Each is a file of bytes and, written after it, a {@link CachedData} with their checksum; both are whole or not there. Their names
 * begin with a key, the SHA-256 of all that decides the bytes, so that nothing is ever out of date. What has not the length, checksum
 * and version that it should have is made anew. Where the folder takes no files, what is small is kept in memory instead. Safe for
 * several threads and processes.
 */
public final class DataCache {
    /** Keeps nothing: what is small is kept in memory. */
    static final DataCache NONE = new DataCache(null, DataProgress.SILENT);

    /** Goes up whenever the same files come to other bytes than before. */
    static final int VERSION = 1;

    /** 256 MiB. */
    private static final long MOST_IN_MEMORY = 1L << 28;

    private static final int KEY_LENGTH = 64;
    private static final String BYTES = ".bytes";
    private static final String ABOUT = ".json";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final DataProgress progress;

    /** @param folder made when something is first kept in it */
    public DataCache(Path folder, DataProgress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * What is wanted.
     *
     * @param key SHA-256, in hexadecimal, of all that decides the bytes
     * @param what they are, in words
     * @param from the file or folder they are made of
     * @param work how they are made, in words
     * @param bytes how many they are
     */
    record Wanted(String key, String what, Path from, String work, long bytes) {}

    /**
     * The bytes that are wanted: kept from an earlier time, or made now and kept.
     *
     * @param making writes them
     * @throws Failure (environment) when they cannot be kept and are too many for memory; whatever {@code making} throws
     */
    LargeBytes get(Wanted wanted, AtomicFiles.Content making) {
        if (folder == null) {
            return inMemory(wanted, making);
        }
        Optional<LargeBytes> kept = find(wanted, progress);
        if (kept.isPresent()) {
            return kept.get();
        }
        try {
            return make(wanted, making);
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.ENVIRONMENT || wanted.bytes > MOST_IN_MEMORY) {
                throw e;
            }
            progress.noted(e.getMessage() + "; kept in memory instead, for this time");
            return inMemory(wanted, making);
        }
    }

    /** Nothing where they are not there, or not as they should be: of that is told. */
    private Optional<LargeBytes> find(Wanted wanted, DataProgress told) {
        Path about = file(wanted.key, ABOUT);
        Path file = file(wanted.key, BYTES);
        if (!Files.exists(about)) {
            return Optional.empty();
        }
        String fault;
        try (FileChannel channel = FileChannel.open(file)) {
            CachedData said = CachedData.read(about);
            if (said.version() != VERSION) {
                fault = "found version " + said.version() + ", expected " + VERSION;
            } else if (channel.size() != wanted.bytes) {
                fault = "found " + channel.size() + " bytes, expected " + wanted.bytes;
            } else {
                LargeBytes bytes = LargeBytes.mapped(file, channel);
                CRC32C check = new CRC32C();
                bytes.all(check::update);
                if (check.getValue() == said.crc32c()) {
                    used(about);
                    return Optional.of(bytes);
                }
                fault = "found CRC-32C " + check.getValue() + ", expected " + said.crc32c();
            }
        } catch (IOException e) {
            fault = AtomicFiles.reason(e).lines().findFirst().orElse("unreadable");
        }
        told.noted(file + ": damaged, so made anew: " + fault);
        return Optional.empty();
    }

    /** When something was last used is when its description was last changed: a mapped file's own time must stay. */
    private static void used(Path about) {
        try {
            Files.setLastModifiedTime(about, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // A cache that can only be read tells when things were made.
        }
    }

    private LargeBytes make(Wanted wanted, AtomicFiles.Content making) {
        // Locks of files are the process's: its own threads wait for each other here.
        synchronized (DataCache.class) {
            try (FileChannel lock = open(file(Files.createDirectories(folder), wanted.key, LOCK))) {
                boolean alone = await(lock, wanted);
                Optional<LargeBytes> made = find(wanted, DataProgress.SILENT);
                if (made.isPresent()) {
                    return made.get();
                }
                if (alone) {
                    removeUnfinished(wanted.key);
                }
                requireSpace(wanted);
                write(wanted, making);
                return find(wanted, progress)
                        .orElseThrow(() -> Failure.environment(
                                folder + ": does not give back what was written there", "check the disk", null));
            } catch (IOException e) {
                throw AtomicFiles.unwritable(folder, e);
            }
        }
    }

    private static FileChannel open(Path lock) throws IOException {
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Waits for other processes that make the same; false on a file system without locks, where each makes its own. */
    private boolean await(FileChannel lock, Wanted wanted) {
        try {
            if (lock.tryLock() == null) {
                progress.noted("waiting for another process: " + wanted.work);
                lock.lock();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What a process that was killed has left of the same. */
    private void removeUnfinished(String key) throws IOException {
        for (Path file : files(key)) {
            if (file.toString().endsWith(".tmp")) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void requireSpace(Wanted wanted) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < wanted.bytes) {
            throw Failure.environment(
                    folder + ": " + wanted.what + " take " + wanted.bytes + " bytes, found " + free + " free",
                    "free some space there: featuremap data cache --clear",
                    null);
        }
    }

    private void write(Wanted wanted, AtomicFiles.Content making) {
        CRC32C check = new CRC32C();
        AtomicFiles.write(
                file(wanted.key, BYTES), out -> making.writeTo(told(wanted, new CheckedOutputStream(out, check))));
        CachedData about = new CachedData(
                VERSION,
                wanted.what,
                FileNames.shown(wanted.from.toAbsolutePath().normalize()),
                wanted.bytes,
                check.getValue());
        AtomicFiles.write(file(wanted.key, ABOUT), out -> out.write(about.json()));
    }

    private LargeBytes inMemory(Wanted wanted, AtomicFiles.Content making) {
        if (wanted.bytes > MOST_IN_MEMORY) {
            throw Failure.data(
                    FileNames.shown(wanted.from) + ": " + wanted.what + " take " + wanted.bytes
                            + " bytes, expected at most " + MOST_IN_MEMORY + " in memory",
                    "unpack it, so that it is read from its file");
        }
        Growing all = new Growing();
        try {
            making.writeTo(told(wanted, all));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // memory is no disk
        }
        return all.asLargeBytes();
    }

    /** Grows with what there is, whatever was declared. */
    private static final class Growing extends ByteArrayOutputStream {
        LargeBytes asLargeBytes() {
            return LargeBytes.of(buf, count);
        }
    }

    private OutputStream told(Wanted wanted, OutputStream out) {
        return new FilterOutputStream(out) {
            private long done;

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                done += length;
                progress.advanced(wanted.work, done, wanted.bytes);
            }
        };
    }

    public Path folder() {
        return folder;
    }

    /**
     * Something that is kept.
     *
     * @param what it is, in words
     * @param from the file or folder it was made of; empty where that is not known
     * @param bytes it takes on the disk
     * @param lastUse when it was made or last read
     */
    public record Kept(String key, String what, String from, long bytes, Instant lastUse) {}

    /** Everything in the folder, the latest used first. */
    public List<Kept> kept() {
        return all().stream().filter(kept -> kept.bytes > 0).toList();
    }

    /** Those too of which there is but a lock. */
    private List<Kept> all() {
        try {
            List<Kept> all = new ArrayList<>();
            for (Map.Entry<String, List<Path>> entry : byKey().entrySet()) {
                all.add(kept(entry.getKey(), entry.getValue()));
            }
            all.sort(Comparator.comparing(Kept::lastUse).reversed());
            return all;
        } catch (IOException e) {
            throw Failure.environment(
                    folder + ": cannot be read: " + AtomicFiles.reason(e), "check the folder's permissions", e);
        }
    }

    private Kept kept(String key, List<Path> files) throws IOException {
        long bytes = 0;
        Instant latest = Instant.EPOCH;
        for (Path file : files) {
            bytes += Files.size(file);
            Instant time = Files.getLastModifiedTime(file).toInstant();
            latest = time.isAfter(latest) ? time : latest;
        }
        try {
            CachedData about = CachedData.read(file(key, ABOUT));
            Instant lastUse = Files.getLastModifiedTime(file(key, ABOUT)).toInstant();
            return new Kept(key, about.what(), about.from(), bytes, lastUse);
        } catch (IOException e) {
            return new Kept(key, "unfinished", "", bytes, latest);
        }
    }

    /**
     * Removes everything but what another process is making; a process that reads what is removed goes on with it, or, on systems
     * that keep the files of others from being removed, it stays.
     *
     * @return what was removed
     */
    public List<Kept> clear() {
        List<Kept> removed = new ArrayList<>();
        for (Kept entry : all()) {
            try (FileChannel lock = open(file(entry.key, LOCK))) {
                if (lock.tryLock() == null) {
                    continue;
                }
                for (Path file : files(entry.key)) {
                    Files.deleteIfExists(file);
                }
                removed.add(entry);
            } catch (IOException e) {
                // Not ours to remove: it is listed as before.
            }
        }
        removed.removeIf(entry -> entry.bytes == 0);
        return removed;
    }

    private Map<String, List<Path>> byKey() throws IOException {
        Map<String, List<Path>> all = new TreeMap<>();
        for (Path file : files("")) {
            String name = file.getFileName().toString();
            all.computeIfAbsent(name.substring(0, KEY_LENGTH), key -> new ArrayList<>())
                    .add(file);
        }
        return all;
    }

    /** Its own files, whose names begin so: the description first, which nothing else is believed without. */
    private List<Path> files(String start) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(
                            file -> file.getFileName().toString().matches("[0-9a-f]{64}\\.(bytes|json|lock)(\\..*tmp)?")
                                    && file.getFileName().toString().startsWith(start))
                    .sorted(Comparator.comparing((Path file) -> !file.toString().endsWith(ABOUT)))
                    .toList();
        }
    }

    private Path file(String key, String ending) {
        return file(folder, key, ending);
    }

    private static Path file(Path folder, String key, String ending) {
        return folder.resolve(key + ending);
    }
}
