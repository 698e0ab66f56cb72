package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import dev.featuremap.UserPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ObjIntConsumer;
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

    /** One picture's file and its class. */
    record Entry(Path file, int label) {}

    private ImageFolder(Path folder, List<String> classNames, List<Entry> entries) {
        this.folder = folder;
        this.classNames = classNames;
        this.entries = List.copyOf(entries);
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

    /** Reads one picture. */
    Picture read(int index) throws FaultyPictureException {
        Path file = entries.get(index).file();
        if (Files.isRegularFile(file) && !Picture.isNamedAsPicture(file)) {
            throw new FaultyPictureException("not named .png, .jpg or .jpeg", null);
        }
        return Picture.open(file);
    }

    /**
     * Reads every picture.
     *
     * @param use what is done with each, by its place in {@link #entries}
     * @throws Failure (data) that tells of all classes without pictures and all files that are none, each with its reason
     */
    void readAll(ObjIntConsumer<Picture> use) {
        List<String> faults = new ArrayList<>();
        for (int label = 0; label < classNames.size(); label++) {
            if (count(label) == 0) {
                faults.add(classNames.get(label) + " (found no pictures of this class, expected at least 1)");
            }
        }
        for (int index = 0; index < entries.size(); index++) {
            Picture picture;
            try {
                picture = read(index);
            } catch (FaultyPictureException e) {
                faults.add(identity(entries.get(index)) + " (" + e.getMessage() + ")");
                continue;
            }
            use.accept(picture, index);
        }
        if (!faults.isEmpty()) {
            throw Failure.data(
                    FileNames.shown(folder) + ": found " + faults.size() + (faults.size() == 1 ? " fault" : " faults")
                            + " in " + entries.size() + " files: "
                            + faults.stream().limit(MOST_FAULTS).collect(Collectors.joining(", "))
                            + (faults.size() > MOST_FAULTS ? ", …" : ""),
                    "give each class pictures of its own, and remove what is none; " + Picture.REMEDY);
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

    /** For each picture whether it is held out for the test. */
    boolean[] heldOut(double testShare, long seed) {
        for (int label = 0; label < classNames.size(); label++) {
            if (count(label) < 2) {
                throw Failure.data(
                        folder.resolve(classNames.get(label))
                                + ": found 1 picture, expected at least 2, to hold one out",
                        "add pictures of this class, or name a data.testFolder");
            }
        }
        return new HeldOut(RandomStream.HELD_OUT, seed, testShare)
                .among(
                        entries.size(),
                        index -> classNames.get(entries.get(index).label()),
                        index -> identity(entries.get(index)));
    }

    /** One SHA-256 over the sorted names and contents of all pictures. */
    String sha256() {
        MessageDigest digest = Sha256.digest();
        for (Entry entry : entries) {
            digest.update(identity(entry).getBytes(StandardCharsets.UTF_8));
            try (InputStream content = Files.newInputStream(entry.file());
                    DigestOutputStream to = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                digest.update(ByteBuffer.allocate(1 + Long.BYTES)
                        .putLong(1, Files.size(entry.file()))
                        .array());
                content.transferTo(to);
            } catch (IOException e) {
                throw new Failure(
                        Failure.Kind.DATA,
                        FileNames.shown(entry.file()) + ": cannot be read: " + e.getMessage(),
                        "check the file",
                        e);
            }
        }
        return Sha256.hex(digest);
    }
}
