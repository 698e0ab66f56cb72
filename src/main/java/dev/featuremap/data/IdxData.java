package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.Scaling;
import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Pictures and labels from pairs of IDX files: {@code [n, height, width]} or {@code [n, channels, height, width]}, and
 * {@code [n]}.
 *
 * <p>Counts and labels are checked when the files are opened, before any batch: DL4J's batched one-hot conversion does not
 * check a label's range and would write beside its row.
 */
record IdxData(DataSpec.Idx spec) implements DataSource {
    private static final String SWAPPED = "give the image file and the label file of one data set, in this order";

    @Override
    public DataShape shape() {
        return open(IdxFile::unread, IdxFile::read).train().shape();
    }

    @Override
    public Opened open(long seed, DataFolder data) {
        Function<Path, IdxFile> reading = file -> IdxFile.read(file, data.cache());
        return open(reading, reading);
    }

    private Opened open(Function<Path, IdxFile> images, Function<Path, IdxFile> labels) {
        SortedMap<String, String> hashes = new TreeMap<>();
        Pictures train =
                pictures(images.apply(Path.of(spec.trainImages())), labels.apply(Path.of(spec.trainLabels())), hashes);
        Pictures test =
                pictures(images.apply(Path.of(spec.testImages())), labels.apply(Path.of(spec.testLabels())), hashes);
        if (!train.shape().equals(test.shape())) {
            throw Failure.data(
                    spec.testImages() + ": found pictures of " + test.shape().picture() + ", expected "
                            + train.shape().picture() + " as in " + spec.trainImages(),
                    "give the training and test files of one data set");
        }
        return new Opened(train, test, hashes);
    }

    private Pictures pictures(IdxFile images, IdxFile labels, SortedMap<String, String> hashes) {
        for (IdxFile file : List.of(images, labels)) {
            // Two files of one name in two folders are told apart by their paths.
            hashes.put(hashes.containsKey(file.name()) ? file.file().toString() : file.name(), file.sha256());
        }
        Pictures stored = pictures(images, labels, spec.firstLabel(), classNames(), spec.scaling());
        return spec.transpose() ? stored.transposed() : stored;
    }

    private List<String> classNames() {
        boolean areNumbered =
                spec.label() == LabelMode.CLASS && spec.classNames().isEmpty();
        return areNumbered ? classNames(spec.firstLabel(), spec.classes()) : spec.classNames();
    }

    /** Numbered classes are called by their labels. */
    static List<String> classNames(int firstLabel, int classes) {
        return IntStream.range(firstLabel, firstLabel + classes)
                .mapToObj(Integer::toString)
                .toList();
    }

    /**
     * The pictures of one pair of files.
     *
     * @param firstLabel that of the first class
     * @param classNames of the labels from there on; empty where the label is learned as a number, 0..255
     * @throws Failure (data) when the files do not belong together, or hold a label that is of no class
     */
    static Pictures pictures(IdxFile images, IdxFile labels, int firstLabel, List<String> classNames, Scaling scaling) {
        requireMatching(images, labels);
        if (!classNames.isEmpty()) {
            requireClasses(labels, firstLabel, classNames.size());
        }
        int rank = images.rank();
        int channels = rank == 4 ? images.dimension(1) : 1;
        DataShape shape = new DataShape(channels, images.dimension(rank - 2), images.dimension(rank - 1), classNames);
        return new Pictures(
                shape,
                images.count(),
                (example, to) -> images.read((long) example * to.length, to),
                example -> labels.value(example) - firstLabel,
                Integer::toString,
                scaling,
                images.file().toString());
    }

    private static void requireClasses(IdxFile labels, int first, int classes) {
        int last = first + classes - 1;
        for (int example = 0; example < labels.count(); example++) {
            int label = labels.value(example);
            if (label < first || label > last) {
                throw Failure.data(
                        labels.file() + ": example " + example + " has label " + label + "; this data set has "
                                + classes + " classes (" + first + "–" + last + ")",
                        otherLabels(labels));
            }
        }
    }

    /** What to do about labels that are of no class: most often classes that begin elsewhere, or are more. */
    private static String otherLabels(IdxFile labels) {
        IntSummaryStatistics found =
                IntStream.range(0, labels.count()).map(i -> labels.value(i)).summaryStatistics();
        int classes = found.getMax() - found.getMin() + 1;
        return "the labels run from " + found.getMin() + " to " + found.getMax() + ": set data.firstLabel="
                + found.getMin() + " data.classes=" + classes + ", or repair the label file";
    }

    private static void requireMatching(IdxFile images, IdxFile labels) {
        boolean areImages = images.rank() == 3 || images.rank() == 4;
        if (!areImages || labels.rank() != 1) {
            throw Failure.data(
                    "images " + images.file() + " hold " + images.shape() + " and labels " + labels.file() + " hold "
                            + labels.shape() + "; expected images of rank 3 or 4 and labels of rank 1"
                            + (images.rank() == 1 && labels.rank() >= 3 ? ": the two are swapped" : ""),
                    SWAPPED);
        }
        if (images.count() != labels.count()) {
            throw Failure.data(
                    images.file() + " holds " + images.count() + " images and " + labels.file() + " " + labels.count()
                            + " labels; expected as many of each",
                    SWAPPED);
        }
    }
}
