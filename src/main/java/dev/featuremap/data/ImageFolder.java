package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import dev.featuremap.UserPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with one sub-folder of PNG or JPEG files per class: which pictures there are, and of which class.
 *
 * <p>Classes and files come in the natural order of their names; what begins with a dot, and what systems and archives leave
 * behind ({@code Thumbs.db}, {@code desktop.ini}, {@code __MACOSX}), is passed over.
 */
final class ImageFolder {
    private static final String FORM = "expected one sub-folder per class, each holding PNG or JPEG files";
    private static final int MOST_FAULTS = 20;
    private static final Set<String> LEFT_BY_SYSTEMS =
            Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "icon\r");

    private final Path folder;
    private final List<String> classNames;
    /** Each class's folder. */
    private final List<Path> classes;
    /** The place of each class's first picture among all pictures; at the end, how many pictures there are. */
    private final int[] starts;
    /** Each picture's name in its class's folder. */
    private final Path[] names;

    private ImageFolder(Path folder, List<String> classNames, List<Path> classes, int[] starts, Path[] names) {
        this.folder = folder;
        this.classNames = classNames;
        this.classes = classes;
        this.starts = starts;
        this.names = names;
    }

    /** Lists the folder; that it is missing, or has too few classes or two of one name, is a {@link Failure}. */
    static ImageFolder list(Path named) {
        Path folder = FileNames.existing(named);
        if (!Files.isDirectory(folder)) {
            throw Failure.data(folder + ": no such folder", UserPath.REMEDY);
        }
        List<Path> classes = visible(folder).stream().filter(Files::isDirectory).toList();
        if (classes.size() < 2) {
            throw Failure.data(
                    FileNames.shown(folder) + ": found " + classes.size() + " class folders, expected at least 2",
                    FORM);
        }
        List<String> names = classes.stream().map(FileNames::of).toList();
        List<String> toldApart = FileNames.toldApart(names, names);
        if (!toldApart.equals(names)) {
            throw Failure.data(
                    FileNames.shown(folder) + ": found class folders whose names differ only in Unicode's form: "
                            + toldApart.stream()
                                    .filter(name -> !names.contains(name))
                                    .toList(),
                    "put the pictures of one class into one folder");
        }
        int[] starts = new int[classes.size() + 1];
        List<Path> files = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            visible(classes.get(label)).forEach(file -> files.add(file.getFileName()));
            starts[label + 1] = files.size();
        }
        return new ImageFolder(folder, names, classes, starts, files.toArray(Path[]::new));
    }

    private record Named(String name, Path path) {}

    /** What is in a folder but for what systems and archives leave there. */
    private static List<Path> visible(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> new Named(FileNames.of(path), path))
                    .filter(file ->
                            !file.name.startsWith(".") && !LEFT_BY_SYSTEMS.contains(file.name.toLowerCase(Locale.ROOT)))
                    .sorted(Comparator.comparing(Named::name, new NaturalOrder()))
                    .map(Named::path)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new Failure(
                    Failure.Kind.DATA,
                    FileNames.shown(folder) + ": cannot be listed: " + e.getMessage(),
                    "check its permissions",
                    e);
        }
    }

    /**
     * SHA-256 over the names and contents of all pictures, in their order.
     *
     * @throws Failure (data) as {@link #readAll}
     */
    String sha256() {
        try {
            return readAll(content -> content, content -> {});
        } catch (Failure e) {
            // Some cannot even be read: those that cannot be decoded are told of with them.
            return readAll(Picture::of, picture -> {});
        }
    }

    /** Makes something of a picture's file; asked by several threads. */
    @FunctionalInterface
    interface Reading<T> {
        T of(byte[] content) throws FaultyPictureException;
    }

    /** Takes what was made of a picture. */
    @FunctionalInterface
    interface Receiver<T, E extends Exception> {
        void take(T made) throws E;
    }

    /**
     * Reads every picture, several at a time.
     *
     * @param receiver takes what was made of each, in their order
     * @return one SHA-256 over the names and contents of all pictures, of the bytes that were read
     * @throws E what the receiver throws
     * @throws Failure (data) that tells of all classes without pictures and all files that are none, each with its reason
     */
    <T, E extends Exception> String readAll(Reading<T> reading, Receiver<T, E> receiver) throws E {
        List<String> faults = new ArrayList<>();
        for (int label = 0; label < classNames.size(); label++) {
            if (count(label) == 0) {
                faults.add(classNames.get(label) + " (found no pictures of this class, expected at least 1)");
            }
        }
        MessageDigest all = Sha256.digest();
        try (FilesAhead<Read<T>> files = new FilesAhead<>(this::file, names.length, file -> read(file, reading))) {
            for (int index = 0; index < names.length; index++) {
                Read<T> read = files.next();
                if (read.fault == null) {
                    update(all, identity(index), read.content);
                    receiver.take(read.made);
                } else {
                    faults.add(identity(index) + " (" + read.fault + ")");
                }
            }
        }
        if (!faults.isEmpty()) {
            throw Failure.data(
                    FileNames.shown(folder) + ": found " + faults.size() + (faults.size() == 1 ? " fault" : " faults")
                            + " in " + names.length + " files: "
                            + faults.stream().limit(MOST_FAULTS).collect(Collectors.joining(", "))
                            + (faults.size() > MOST_FAULTS ? ", …" : ""),
                    "give each class pictures of its own, and remove what is none; " + Picture.REMEDY);
        }
        return Sha256.hex(all);
    }

    /** @param fault what is wrong with the file, and then there is nothing else; null where nothing is */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Read<T>(byte[] content, T made, String fault) {}

    private static <T> Read<T> read(Path file, Reading<T> reading) {
        try {
            byte[] content = content(file);
            return new Read<>(content, reading.of(content), null);
        } catch (FaultyPictureException e) {
            return new Read<>(null, null, e.getMessage());
        }
    }

    private static byte[] content(Path file) throws FaultyPictureException {
        if (!Picture.isNamedAsPicture(file) && Files.isRegularFile(file)) {
            throw new FaultyPictureException("not named .png, .jpg or .jpeg", null);
        }
        return Picture.content(file);
    }

    private static void update(MessageDigest all, String identity, byte[] content) {
        all.update(identity.getBytes(StandardCharsets.UTF_8));
        all.update(
                ByteBuffer.allocate(1 + Long.BYTES).putLong(1, content.length).array());
        all.update(content);
    }

    private int count(int label) {
        return starts[label + 1] - starts[label];
    }

    List<String> classNames() {
        return classNames;
    }

    /** How many pictures there are. */
    int count() {
        return names.length;
    }

    /** The class of a picture. */
    int label(int index) {
        int place = Arrays.binarySearch(starts, index);
        int label = place >= 0 ? place : -place - 2;
        while (starts[label + 1] <= index) {
            label++; // over classes without pictures
        }
        return label;
    }

    /** The folder as text. */
    String name() {
        return FileNames.shown(folder);
    }

    Path path() {
        return folder;
    }

    /** A picture's {@code class/file.png}. */
    String identity(int index) {
        return classNames.get(label(index)) + "/" + FileNames.of(names[index]);
    }

    private Path file(int index) {
        return classes.get(label(index)).resolve(names[index]);
    }

    /** @throws Failure (data) when a class has a single picture, so that none can be held out */
    void requireTwoOfEachClass() {
        for (int label = 0; label < classNames.size(); label++) {
            if (count(label) < 2) {
                throw Failure.data(
                        folder.resolve(classNames.get(label))
                                + ": found 1 picture, expected at least 2, to hold one out",
                        "add pictures of this class, or name a data.testFolder");
            }
        }
    }
}
