package dev.featuremap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The one door to the files of a run's, a comparison's or a search's folder, which anybody may have sent: only regular files are
 * read, and what is written is a fresh file; nothing is opened, emptied or deleted through a link, a FIFO or a device.
 *
 * <p>The folder that a user names may be reached through links: {@link #named} follows them, once. A folder below it is asked for
 * with {@link #isFolder} before anything in it is touched. Whoever changes the folder at the very moment it is used is not kept
 * out by this.
 */
public final class RegularFiles {
    private static final String REMEDY =
            "such a folder holds files and folders, nothing else: remove it, or take another copy";

    private RegularFiles() {}

    /** A path that the user names, with the links on its way followed; as it was named where there are none. */
    public static Path named(Path path) {
        Path absolute = path.toAbsolutePath();
        try {
            Path real = real(absolute);
            return real.equals(absolute.normalize()) ? path : real;
        } catch (IOException e) {
            return path; // Whoever opens it is told the reason.
        }
    }

    private static Path real(Path absolute) throws IOException {
        return absolute.getParent() == null || Files.exists(absolute)
                ? absolute.toRealPath()
                : real(absolute.getParent()).resolve(absolute.getFileName());
    }

    /**
     * Whether a file is there.
     *
     * @throws Failure (model) when a link, a folder, a FIFO or a device is there
     */
    public static boolean isFile(Path file) {
        BasicFileAttributes there = attributes(file);
        if (there != null && !there.isRegularFile()) {
            throw refusal(file, there, "a file");
        }
        return there != null;
    }

    /**
     * Whether a folder is there.
     *
     * @throws Failure (model) when something else is there, or a link leads to it
     */
    public static boolean isFolder(Path folder) {
        BasicFileAttributes there = attributes(folder);
        if (there == null) {
            if (folder.toAbsolutePath().getParent() != null) {
                isFolder(folder.toAbsolutePath().getParent()); // Where it may be about to be made.
            }
            return false;
        }
        if (!there.isDirectory()) {
            throw refusal(folder, there, "a folder");
        }
        try {
            if (!folder.toRealPath().equals(folder.toAbsolutePath().normalize())) {
                throw Failure.model(folder + ": is behind a link", REMEDY);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether anything is there, be it a link that leads nowhere. */
    public static boolean exists(Path path) {
        return attributes(path) != null;
    }

    /**
     * All of a file.
     *
     * @param most how many bytes it may have
     * @throws Failure (model) when it has more, or is no regular file
     */
    public static byte[] read(Path file, int most) throws IOException {
        try (FileChannel channel = open(file, most)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, channel.size()));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until all is there, or the file's end, where it was cut just now.
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    /**
     * Opens a file to be read.
     *
     * @param most how many bytes it may have
     * @throws Failure (model) when it has more, or is no regular file
     */
    public static FileChannel open(Path file, long most) throws IOException {
        if (size(file) > most) {
            String limit = most < 1 << 20 ? most + " bytes" : (most >> 20) + " MiB";
            throw Failure.model(
                    file + ": is larger than " + limit, "it is not what this program writes: take another copy");
        }
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** Opens a file to be read, and written where it is: for those that are locked. */
    public static FileChannel openInPlace(Path file) throws IOException {
        size(file);
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** Opens a file to be written that is not there yet. */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Opens a file to be written behind what it holds, an empty one where there is none: a copy in its place, so that a file
     * elsewhere that is the same by a hard link stays as it is.
     *
     * @param most how many bytes it may have
     */
    public static FileChannel continued(Path file, long most) throws IOException {
        Path temporary = temporary(file);
        FileChannel copy = create(temporary);
        try {
            if (isFile(file)) {
                try (FileChannel before = open(file, most)) {
                    copy.position(before.transferTo(0, before.size(), copy));
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException | RuntimeException e) {
            copy.close();
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /** A name beside a file's that nothing has yet; it ends in {@code .tmp}. */
    static Path temporary(Path file) {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return file.resolveSibling(file.getFileName() + "." + random + ".tmp");
    }

    /** What is in a folder, in the order of the names. */
    public static List<Path> list(Path folder) throws IOException {
        if (!isFolder(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.sorted().toList();
        }
    }

    /** The folders in a folder, in the order of their names, links left out; none in what is no folder. */
    public static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        return list(folder).stream()
                .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /** Makes a folder where none is; others may make it at the same moment. */
    public static void makeFolder(Path folder) throws IOException {
        if (!isFolder(folder)) {
            Files.createDirectories(folder);
        }
    }

    /** Deletes what is there: a folder with all that is in it, a link itself. */
    public static void delete(Path path) throws IOException {
        delete(path, each -> {});
    }

    /**
     * As {@link #delete(Path)}.
     *
     * @param before is told of each path before it is deleted, and may keep it from being
     */
    public static void delete(Path path, Deletion before) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path inside : list(path)) {
                delete(inside, before);
            }
        }
        before.of(path);
        Files.delete(path);
    }

    /** Is told of what is about to be deleted. */
    @FunctionalInterface
    public interface Deletion {
        void of(Path path) throws IOException;
    }

    /** Makes what happened in a folder durable; Windows opens no folders and needs none of this. */
    public static void force(Path folder) throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * How many bytes a file has.
     *
     * @throws Failure (model) when it is no regular file
     */
    public static long size(Path file) throws IOException {
        if (!isFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return Files.size(file);
    }

    /**
     * What the system knows a file by as long as it is there or open, whatever its name; "none" where no file is, and
     * something that all files share on systems that have no such thing.
     */
    public static Object key(Path file) {
        BasicFileAttributes there = attributes(file);
        return there == null ? "none" : Optional.ofNullable(there.fileKey());
    }

    /** What changes whenever a file is written or replaced: {@link #key}, size and time; "none" where no file is. */
    public static Object identity(Path file) {
        BasicFileAttributes there = attributes(file);
        return there == null ? "none" : List.of(key(file), there.size(), there.lastModifiedTime());
    }

    /** Whether a file is at other places too, by hard links; false where the system does not tell. */
    public static boolean hasOtherNames(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1;
    }

    /** What is there, be it a link; null when nothing is, or the system does not tell. */
    public static BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return null;
        }
    }

    private static Failure refusal(Path path, BasicFileAttributes there, String expected) {
        String found = there.isSymbolicLink()
                ? "a link"
                : there.isOther() ? "a FIFO or a device" : there.isDirectory() ? "a folder" : "a file";
        return Failure.model(path + ": is " + found + ", not " + expected, REMEDY);
    }
}
