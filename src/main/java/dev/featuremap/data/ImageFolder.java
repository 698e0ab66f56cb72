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
    private final List<Entry> entries;
    /** SHA-256 of each picture's content, once read. */
    private final byte[][] contents;

    /** One picture's file and its class. */
    record Entry(Path file, int label) {}

    private ImageFolder(Path folder, List<String> classNames, List<Entry> entries) {
        this.folder = folder;
        this.classNames = classNames;
        this.entries = List.copyOf(entries);
        this.contents = new byte[entries.size()][];
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
        List<Entry> entries = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : visible(classes.get(label))) {
                entries.add(new Entry(file, label));
            }
        }
        return new ImageFolder(folder, names, entries);
    }

    /** What is in a folder but for what systems and archives leave there. */
    private static List<Path> visible(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> !FileNames.of(path).startsWith(".")
                            && !LEFT_BY_SYSTEMS.contains(FileNames.of(path).toLowerCase(Locale.ROOT)))
                    .sorted(Comparator.comparing(FileNames::of, new NaturalOrder()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new Failure(
                    Failure.Kind.DATA,
                    FileNames.shown(folder) + ": cannot be listed: " + e.getMessage(),
                    "check its permissions",
                    e);
        }
    }

    /** Takes a picture and its place in {@link #entries}. */
    interface Receiver {
        void receive(int index, Picture picture);
    }

    /**
     * Reads every picture, once.
     *
     * @return one SHA-256 over the sorted names and contents of all pictures, of the bytes that were decoded
     * @throws Failure (data) that tells of all classes without pictures and all files that are none, each with its reason
     */
    String readAll(Receiver receiver) {
        List<String> faults = new ArrayList<>();
        for (int label = 0; label < classNames.size(); label++) {
            if (count(label) == 0) {
                faults.add(classNames.get(label) + " (found no pictures of this class, expected at least 1)");
            }
        }
        MessageDigest all = Sha256.digest();
        for (int index = 0; index < entries.size(); index++) {
            Entry entry = entries.get(index);
            try {
                byte[] content = content(entry);
                Picture picture = Picture.of(content);
                contents[index] = Sha256.digest().digest(content);
                update(all, identity(entry), content);
                receiver.receive(index, picture);
            } catch (FaultyPictureException e) {
                faults.add(identity(entry) + " (" + e.getMessage() + ")");
            }
        }
        if (!faults.isEmpty()) {
            throw Failure.data(
                    FileNames.shown(folder) + ": found " + faults.size() + (faults.size() == 1 ? " fault" : " faults")
                            + " in " + entries.size() + " files: "
                            + faults.stream().limit(MOST_FAULTS).collect(Collectors.joining(", "))
                            + (faults.size() > MOST_FAULTS ? ", …" : ""),
                    "give each class pictures of its own, and remove what is none; " + Picture.REMEDY);
        }
        return Sha256.hex(all);
    }

    private static byte[] content(Entry entry) throws FaultyPictureException {
        if (Files.isRegularFile(entry.file()) && !Picture.isNamedAsPicture(entry.file())) {
            throw new FaultyPictureException("not named .png, .jpg or .jpeg", null);
        }
        return Picture.content(entry.file());
    }

    private static void update(MessageDigest all, String identity, byte[] content) {
        all.update(identity.getBytes(StandardCharsets.UTF_8));
        all.update(
                ByteBuffer.allocate(1 + Long.BYTES).putLong(1, content.length).array());
        all.update(content);
    }

    /**
     * Reads one picture again.
     *
     * @throws Failure (data) when its file is not what it was when all were read
     */
    Picture readAgain(int index) {
        Entry entry = entries.get(index);
        try {
            byte[] content = content(entry);
            if (Arrays.equals(Sha256.digest().digest(content), contents[index])) {
                return Picture.of(content);
            }
            throw new FaultyPictureException("found another content than when all pictures were read first", null);
        } catch (FaultyPictureException e) {
            throw new Failure(
                    Failure.Kind.DATA,
                    FileNames.shown(entry.file()) + ": " + e.getMessage(),
                    "leave the pictures as they are while they are used, and start again",
                    e);
        }
    }

    private long count(int label) {
        return entries.stream().filter(entry -> entry.label() == label).count();
    }

    List<String> classNames() {
        return classNames;
    }

    List<Entry> entries() {
        return entries;
    }

    /** The folder as text. */
    String name() {
        return FileNames.shown(folder);
    }

    /** A picture's {@code class/file.png}. */
    String identity(Entry entry) {
        return classNames.get(entry.label()) + "/" + FileNames.of(entry.file());
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
