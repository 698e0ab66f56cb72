package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder with one sub-folder of PNG or JPEG files per class: which pictures there are, and of which class.
 *
 * <p>Classes and files come in the natural order of their names; names that begin with a dot are passed over.
 */
final class ImageFolder {
    private static final String FORM = "expected one sub-folder per class, each holding PNG or JPEG files";
    private static final int MOST_NAMES = 5;

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

    /** Lists the folder; too few classes, an empty one, or files that are no pictures are each a {@link Failure}. */
    static ImageFolder list(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw Failure.data(folder + ": no such folder", "check the path; it counts from the working directory");
        }
        List<Path> classes = visible(folder).stream().filter(Files::isDirectory).toList();
        if (classes.size() < 2) {
            throw Failure.data(folder + ": found " + classes.size() + " class folders, expected at least 2", FORM);
        }
        List<Entry> entries = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : pictures(classes.get(label))) {
                entries.add(new Entry(file, label));
            }
        }
        return new ImageFolder(folder, classes.stream().map(ImageFolder::name).toList(), entries);
    }

    private static List<Path> pictures(Path folder) {
        List<Path> files = visible(folder);
        if (files.isEmpty()) {
            throw Failure.data(folder + ": found no pictures of this class, expected at least 1", FORM);
        }
        List<Path> others = files.stream()
                .filter(file -> !Files.isRegularFile(file) || !Picture.isNamedAsPicture(file))
                .toList();
        if (!others.isEmpty()) {
            String names =
                    others.stream().limit(MOST_NAMES).map(ImageFolder::name).collect(Collectors.joining(", "));
            throw Failure.data(
                    folder + ": found " + others.size() + " that are not .png, .jpg or .jpeg files: " + names
                            + (others.size() > MOST_NAMES ? ", …" : ""),
                    "convert them to PNG or JPEG, or move them out of the class folders");
        }
        return files;
    }

    private static List<Path> visible(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> !name(path).startsWith("."))
                    .sorted(Comparator.comparing(ImageFolder::name, new NaturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.DATA, folder + ": cannot be listed: " + e.getMessage(), "check its permissions", e);
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    List<String> classNames() {
        return classNames;
    }

    List<Entry> entries() {
        return entries;
    }

    /** The folder's last name. */
    String name() {
        return name(folder.toAbsolutePath().normalize());
    }

    /** A picture's {@code class/file.png}. */
    String identity(Entry entry) {
        return classNames.get(entry.label()) + "/" + name(entry.file());
    }

    /** The pictures that are held out for the test, or the others. */
    ImageFolder split(double testShare, long seed, boolean test) {
        for (int label = 0; label < classNames.size(); label++) {
            int one = label;
            if (entries.stream().filter(entry -> entry.label() == one).count() < 2) {
                throw Failure.data(
                        folder.resolve(classNames.get(label))
                                + ": found 1 picture, expected at least 2, to hold one out",
                        "add pictures of this class, or name a data.testFolder");
            }
        }
        boolean[] heldOut = new HeldOut(RandomStream.HELD_OUT, seed, testShare)
                .among(
                        entries.size(),
                        index -> classNames.get(entries.get(index).label()),
                        index -> identity(entries.get(index)));
        List<Entry> part = IntStream.range(0, entries.size())
                .filter(index -> heldOut[index] == test)
                .mapToObj(entries::get)
                .toList();
        return new ImageFolder(folder, classNames, part);
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
                        Failure.Kind.DATA, entry.file() + ": cannot be read: " + e.getMessage(), "check the file", e);
            }
        }
        return Sha256.hex(digest);
    }
}
