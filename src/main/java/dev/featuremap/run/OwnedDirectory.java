package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/** A folder that belongs for ever to what some files in it say, and to one process at a time. */
public final class OwnedDirectory implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;

    private final Path path;
    private final Owner owner;
    private final DirectoryLock lock;
    private final boolean isFresh;

    private OwnedDirectory(Path path, Owner owner, DirectoryLock lock, boolean isFresh) {
        this.isFresh = isFresh;
        this.path = path;
        this.owner = owner;
        this.lock = lock;
    }

    /**
     * What a folder belongs to.
     *
     * @param noun what messages call it, such as {@code comparison}
     * @param nameKey the key that gives it another name, such as {@code comparison.name}
     * @param files the texts that say what it is, by the names of their files, in the order they are written
     * @param mayChange which lines of these may be others when the folder is opened again
     * @param printed a file's name and text to the text as it would be printed now: what an earlier version wrote may lack keys,
     *     or have relative paths
     * @param results files that are removed before any of these changes, since they tell of what it was
     */
    public record Owner(
            String noun,
            String nameKey,
            Map<String, String> files,
            Predicate<String> mayChange,
            BinaryOperator<String> printed,
            List<String> results) {
        /** The file that is written last: where it is, so are the others. */
        private String mark() {
            return names().get(files.size() - 1);
        }

        private List<String> names() {
            return List.copyOf(files.keySet());
        }
    }

    /**
     * Makes the folder, or opens it again where it belongs to this very owner.
     *
     * @throws Failure (usage) with what differs when it belongs to another, (environment) when it holds something else,
     *     cannot be written, or is in use
     */
    public static OwnedDirectory open(Path named, Owner owner) {
        Path path = RegularFiles.named(named);
        boolean isFresh = !RegularFiles.exists(path);
        try {
            if (RegularFiles.isFolder(path)
                    && !RegularFiles.isFile(path.resolve(owner.mark()))
                    && !isUnbegun(path, owner)) {
                throw Failure.environment(
                        path + " is already there and is not a " + owner.noun() + "'s folder",
                        "name another folder with --run-dir",
                        null);
            }
            Files.createDirectories(path);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(path, e);
        }
        OwnedDirectory directory = new OwnedDirectory(path, owner, DirectoryLock.of(path), isFresh);
        try {
            directory.claim();
            directory.stop().remove();
            return directory;
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    /** What asks the process that holds it to end with everything saved. */
    public StopFile stop() {
        return new StopFile(path);
    }

    /** A folder that was made now, and in which nothing came to be, is removed again. */
    @Override
    public void close() {
        stop().remove();
        lock.close();
        try {
            if (isFresh && isUnbegun(path, owner)) {
                Disk.PLAIN.delete(path);
            }
        } catch (IOException e) {
            throw AtomicFiles.unwritable(path, e);
        }
    }

    private void claim() {
        if (!RegularFiles.isFile(path.resolve(owner.mark()))) {
            owner.files().forEach((name, text) -> DirectoryLock.write(path.resolve(name), text));
            return;
        }
        for (String name : owner.names().stream().sorted(this::markFirst).toList()) {
            Path file = path.resolve(name);
            String asked = owner.files().get(name);
            String there = read(file);
            if (there.lines().noneMatch(line -> line.matches("name: .*|base: .*"))) {
                throw Failure.model(
                        file + ": is not what this program wrote there", "take another copy, or remove the folder");
            }
            List<String> before = fixed(printed(name, there));
            if (!before.equals(fixed(asked))) {
                throw Failure.usage(
                        path + " holds another " + owner.noun() + "; in its " + name + " "
                                + difference(before, fixed(asked)),
                        "name another folder with --run-dir or another name with " + owner.nameKey()
                                + "=..., or remove this one");
            }
            if (!there.equals(asked)) {
                DirectoryLock.delete(path, owner.results());
                DirectoryLock.write(file, asked);
            }
        }
    }

    /** What the folder is differs before what it is made of. */
    private int markFirst(String one, String other) {
        return Boolean.compare(other.equals(owner.mark()), one.equals(owner.mark()));
    }

    private String printed(String name, String text) {
        try {
            return owner.printed().apply(name, text);
        } catch (Failure unreadable) {
            return text;
        }
    }

    private List<String> fixed(String text) {
        return text.lines().filter(owner.mayChange().negate()).toList();
    }

    private static String read(Path file) {
        try {
            return new String(RegularFiles.read(file, MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Failure.environment(
                    file + " cannot be read: " + e.getMessage(), "name another folder with --run-dir", e);
        }
    }

    /** The lines only one of two texts has. */
    private static String difference(List<String> there, List<String> asked) {
        return "stands [" + without(there, asked) + "], asked for is [" + without(asked, there) + "]";
    }

    private static String without(List<String> lines, List<String> others) {
        return String.join(
                "; ",
                lines.stream()
                        .filter(line -> !others.contains(line))
                        .map(String::strip)
                        .toList());
    }

    /** Whether the folder holds no more than a process leaves that dies before it has claimed it. */
    private static boolean isUnbegun(Path path, Owner owner) throws IOException {
        return RegularFiles.list(path).stream()
                .map(file -> file.getFileName().toString())
                .allMatch(name -> name.equals(".lock")
                        || owner.files().keySet().stream()
                                .anyMatch(own -> name.equals(own) || (name.startsWith(own) && name.endsWith(".tmp"))));
    }
}
