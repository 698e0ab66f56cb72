package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.Scaling;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Pictures and labels from two IDX files: {@code [n, height, width]} or {@code [n, channels, height, width]}, and
 * {@code [n]}.
 *
 * <p>Counts and labels are checked when the reader is made, before any batch: DL4J's batched one-hot conversion does not
 * check a label's range and would write beside its row.
 */
public final class IdxRecordReader extends PictureRecordReader {
    private static final long serialVersionUID = 1L;
    private static final String SWAPPED = "give the image file and the label file of one data set, in this order";

    private IdxRecordReader(Pictures pictures, ReadingOrder order) {
        super(pictures, order);
    }

    /** As an experiment's data say: classes or values, the first class's label, rows and columns. */
    static IdxRecordReader of(IdxFile images, IdxFile labels, DataSpec.Idx spec) {
        IdxRecordReader stored = spec.label() == LabelMode.VALUE
                ? ofValues(images, labels, spec.scaling())
                : ofClasses(images, labels, classNames(spec.firstLabel(), spec.classes()), spec.scaling());
        return spec.transpose()
                ? new IdxRecordReader(stored.pictures().transposed(), ReadingOrder.sequential(stored.count()))
                : stored;
    }

    /** Learns classes: labels run from 0 to {@code classes}−1, and a label beyond is a {@link Failure}. */
    public static IdxRecordReader ofClasses(IdxFile images, IdxFile labels, int classes, Scaling scaling) {
        return ofClasses(images, labels, classNames(0, classes), scaling);
    }

    private static IdxRecordReader ofClasses(IdxFile images, IdxFile labels, List<String> classNames, Scaling scaling) {
        requireMatching(images, labels);
        int first = Integer.parseInt(classNames.get(0));
        int last = first + classNames.size() - 1;
        for (int example = 0; example < labels.count(); example++) {
            int label = labels.value(example);
            if (label < first || label > last) {
                throw Failure.data(
                        labels.file() + ": example " + example + " has label " + label + "; this data set has "
                                + classNames.size() + " classes (" + first + "–" + last + ")",
                        otherLabels(labels, classNames.size()));
            }
        }
        return of(images, example -> labels.value(example) - first, classNames, scaling);
    }

    /** What to do about labels that are not those expected: as many classes that begin elsewhere need only be told of. */
    private static String otherLabels(IdxFile labels, int classes) {
        IntSummaryStatistics found =
                IntStream.range(0, labels.count()).map(labels::value).summaryStatistics();
        String range = "the labels run from " + found.getMin() + " to " + found.getMax() + ": ";
        return found.getMax() - found.getMin() < classes
                ? range + "set data.firstLabel to " + found.getMin()
                : range + "set data.classes to the number of classes, or repair the label file";
    }

    /** Numbered classes are called by their labels. */
    static List<String> classNames(int firstLabel, int classes) {
        return IntStream.range(firstLabel, firstLabel + classes)
                .mapToObj(Integer::toString)
                .toList();
    }

    /** Learns the label as a number, 0..255. */
    public static IdxRecordReader ofValues(IdxFile images, IdxFile labels, Scaling scaling) {
        requireMatching(images, labels);
        return of(images, labels::value, List.of(), scaling);
    }

    @Override
    public IdxRecordReader in(ReadingOrder another) {
        return new IdxRecordReader(pictures(), another);
    }

    @Override
    IdxRecordReader over(Pictures others) {
        return new IdxRecordReader(others, ReadingOrder.sequential(others.count()));
    }

    private static IdxRecordReader of(
            IdxFile images, IntUnaryOperator label, List<String> classNames, Scaling scaling) {
        int rank = images.rank();
        int channels = rank == 4 ? images.dimension(1) : 1;
        DataShape shape = new DataShape(channels, images.dimension(rank - 2), images.dimension(rank - 1), classNames);
        Pictures pictures = new Pictures(
                shape,
                images.count(),
                Pictures.PictureBytes.inOneArray(images.values(), shape.features()),
                label,
                Integer::toString,
                scaling,
                images.file().toString());
        return new IdxRecordReader(pictures, ReadingOrder.sequential(images.count()));
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
