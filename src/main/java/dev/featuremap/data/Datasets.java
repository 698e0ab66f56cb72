package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.experiment.Split;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an experiment's {@code data} names, opened: the splits, all of one shape, and the SHA-256 of each file they came from.
 */
public final class Datasets {
    private static final int MNIST_CLASSES = 10;

    private final DataShape shape;
    private final Map<Split, ExampleSet> splits;
    private final SortedMap<String, String> fileHashes;

    private Datasets(DataShape shape, Map<Split, ExampleSet> splits, SortedMap<String, String> fileHashes) {
        this.shape = shape;
        this.splits = Collections.unmodifiableMap(new EnumMap<>(splits));
        this.fileHashes = Collections.unmodifiableSortedMap(fileHashes);
    }

    /**
     * Opens the data; relative paths count from the working directory.
     *
     * @param seed the run's seed, from which letters are drawn and pictures held out
     * @param mnist where MNIST is found or fetched to
     */
    public static Datasets open(DataSpec spec, long seed, MnistFiles mnist) {
        if (spec instanceof DataSpec.Mnist digits) {
            return openMnist(digits, mnist.open(digits.folder().map(Path::of)));
        }
        if (spec instanceof DataSpec.Idx idx) {
            return openIdx(idx);
        }
        if (spec instanceof DataSpec.Xo xo) {
            return of(XoRecordReader.train(xo, seed), XoRecordReader.test(xo, seed), new TreeMap<>());
        }
        return openImages((DataSpec.Images) spec, seed);
    }

    /**
     * The shape of what an experiment's {@code data} names, without fetching anything: files are read only where their
     * content decides.
     */
    public static DataShape shapeOf(DataSpec spec) {
        if (spec instanceof DataSpec.Mnist digits) {
            return new DataShape(
                    1,
                    28,
                    28,
                    digits.label() == LabelMode.CLASS ? IdxRecordReader.classNames(0, MNIST_CLASSES) : List.of());
        }
        if (spec instanceof DataSpec.Xo xo) {
            return XoRecordReader.shape(xo.size());
        }
        if (spec instanceof DataSpec.Idx idx) {
            return openIdx(idx).shape();
        }
        return ImageFolderRecordReader.shapeOf((DataSpec.Images) spec);
    }

    private static Datasets openMnist(DataSpec.Mnist spec, MnistFiles.Opened files) {
        PictureRecordReader train = digits(files.trainImages(), files.trainLabels(), spec.label(), spec.scaling());
        PictureRecordReader test = digits(files.testImages(), files.testLabels(), spec.label(), spec.scaling());
        SortedMap<String, String> hashes = new TreeMap<>();
        Stream.of(files.trainImages(), files.trainLabels(), files.testImages(), files.testLabels())
                .forEach(file -> hashes.put(name(file), file.sha256()));
        return new Datasets(
                train.shape(),
                Map.of(
                        Split.TRAIN,
                        new ExampleSet(train, first(spec.trainExamples(), train)),
                        Split.TEST,
                        new ExampleSet(test, first(spec.testExamples(), test))),
                hashes);
    }

    private static Datasets openIdx(DataSpec.Idx spec) {
        SortedMap<String, String> hashes = new TreeMap<>();
        PictureRecordReader train = idxReader(spec, spec.trainImages(), spec.trainLabels(), hashes);
        PictureRecordReader test = idxReader(spec, spec.testImages(), spec.testLabels(), hashes);
        if (!train.shape().equals(test.shape())) {
            throw Failure.data(
                    spec.testImages() + ": found pictures of " + test.shape().picture() + ", expected "
                            + train.shape().picture() + " as in " + spec.trainImages(),
                    "give the training and test files of one data set");
        }
        return of(train, test, hashes);
    }

    private static PictureRecordReader idxReader(
            DataSpec.Idx spec, String imagesPath, String labelsPath, SortedMap<String, String> hashes) {
        IdxFile images = IdxFile.read(Path.of(imagesPath));
        IdxFile labels = IdxFile.read(Path.of(labelsPath));
        // Two files of one name in two folders are told apart by their paths.
        Stream.of(images, labels)
                .forEach(file -> hashes.put(
                        hashes.containsKey(name(file)) ? file.file().toString() : name(file), file.sha256()));
        return IdxRecordReader.of(images, labels, spec);
    }

    private static Datasets openImages(DataSpec.Images spec, long seed) {
        ImageFolderRecordReader.Parts parts = ImageFolderRecordReader.open(spec, seed);
        SortedMap<String, String> hashes = new TreeMap<>();
        Stream.concat(Stream.of(spec.folder()), spec.testFolder().stream())
                .forEach(folder ->
                        hashes.put(folder, ImageFolder.list(Path.of(folder)).sha256()));
        return of(parts.train(), parts.test(), hashes);
    }

    private static PictureRecordReader digits(IdxFile images, IdxFile labels, LabelMode mode, Scaling scaling) {
        return mode == LabelMode.CLASS
                ? IdxRecordReader.ofClasses(images, labels, MNIST_CLASSES, scaling)
                : IdxRecordReader.ofValues(images, labels, scaling);
    }

    private static Datasets of(
            PictureRecordReader train, PictureRecordReader test, SortedMap<String, String> fileHashes) {
        return new Datasets(
                train.shape(),
                Map.of(
                        Split.TRAIN,
                        new ExampleSet(train, train.count()),
                        Split.TEST,
                        new ExampleSet(test, test.count())),
                fileHashes);
    }

    private static int first(Optional<Integer> wanted, PictureRecordReader reader) {
        return Math.min(wanted.orElse(reader.count()), reader.count());
    }

    private static String name(IdxFile file) {
        return file.file().getFileName().toString();
    }

    /** The shape of every picture and the class names. */
    public DataShape shape() {
        return shape;
    }

    /** How many examples, of all splits, have the value 0 for a label; none where labels are classes. */
    public int zeros() {
        return shape.label() == LabelMode.VALUE
                ? splits.values().stream().mapToInt(ExampleSet::zeros).sum()
                : 0;
    }

    /** Whether one-hot labels are −1 and +1. */
    public boolean signedLabels() {
        return train().signedLabels();
    }

    /** The same data with one-hot labels of −1 and +1, as hinge losses want them. */
    public Datasets withSignedLabels() {
        Map<Split, ExampleSet> signed = new EnumMap<>(splits);
        signed.replaceAll((split, examples) -> examples.withSignedLabels());
        return new Datasets(shape, signed, fileHashes);
    }

    /**
     * The same data with about this share of the training examples held out as validation split, class by class; which they are
     * says {@link HeldOut}. Both parts keep the training examples' own order.
     *
     * @throws Failure (data) when no class has two training examples, of which one could be held out
     */
    public Datasets withValidation(double share, long seed) {
        boolean[] heldOut = train().heldOut(new HeldOut(RandomStream.VALIDATION, seed, share));
        int[] validation =
                IntStream.range(0, heldOut.length).filter(i -> heldOut[i]).toArray();
        if (validation.length == 0) {
            throw Failure.data(
                    "training.validationShare needs 2 training examples of a class or more; found " + heldOut.length
                            + (heldOut.length == 1 ? "" : ", each of another class"),
                    "train on more examples, or set training.validationShare to 0");
        }
        Map<Split, ExampleSet> three = new EnumMap<>(splits);
        three.put(Split.VALIDATION, train().at(validation));
        three.put(
                Split.TRAIN,
                train().at(IntStream.range(0, heldOut.length)
                        .filter(i -> !heldOut[i])
                        .toArray()));
        return new Datasets(shape, three, fileHashes);
    }

    /** The same data with their classes, whose names these are, in another order. */
    public Datasets withClasses(List<String> names) {
        Map<Split, ExampleSet> ordered = new EnumMap<>(splits);
        ordered.replaceAll((split, examples) -> examples.withClasses(names));
        return new Datasets(new DataShape(shape.channels(), shape.height(), shape.width(), names), ordered, fileHashes);
    }

    /** Whether there is this split: the validation split may be missing. */
    public boolean has(Split split) {
        return splits.containsKey(split);
    }

    /** The examples of a split that there is. */
    public ExampleSet split(Split split) {
        if (!has(split)) {
            throw new IllegalArgumentException("there is no " + split.word() + " split");
        }
        return splits.get(split);
    }

    /** What training is measured on as it goes: the validation split, or where nothing is held out the test split. */
    public Split watched() {
        return has(Split.VALIDATION) ? Split.VALIDATION : Split.TEST;
    }

    public ExampleSet train() {
        return split(Split.TRAIN);
    }

    public ExampleSet test() {
        return split(Split.TEST);
    }

    /** SHA-256 of each file's bytes on disk by its name; of a folder of pictures, one over all names and contents. */
    public SortedMap<String, String> fileHashes() {
        return fileHashes;
    }
}
