package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Scaling;
import java.util.List;
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

    /** Learns classes: labels run from 0 to {@code classes}−1, and a label beyond is a {@link Failure}. */
    public static IdxRecordReader ofClasses(IdxFile images, IdxFile labels, int classes, Scaling scaling) {
        requireMatching(images, labels);
        for (int example = 0; example < labels.count(); example++) {
            int label = labels.value(example);
            if (label >= classes) {
                throw Failure.data(
                        labels.file() + ": example " + example + " has label " + label + "; this data set has "
                                + classes + " classes (0–" + (classes - 1) + ")",
                        "set data.classes to the number of classes, or repair the label file");
            }
        }
        return of(images, labels, classNames(classes), scaling);
    }

    /** Numbered classes are called by their numbers, from 0. */
    static List<String> classNames(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    /** Learns the label as a number, 0..255. */
    public static IdxRecordReader ofValues(IdxFile images, IdxFile labels, Scaling scaling) {
        requireMatching(images, labels);
        return of(images, labels, List.of(), scaling);
    }

    @Override
    public IdxRecordReader in(ReadingOrder another) {
        return new IdxRecordReader(pictures(), another);
    }

    private static IdxRecordReader of(IdxFile images, IdxFile labels, List<String> classNames, Scaling scaling) {
        int rank = images.rank();
        int channels = rank == 4 ? images.dimension(1) : 1;
        DataShape shape = new DataShape(channels, images.dimension(rank - 2), images.dimension(rank - 1), classNames);
        Pictures pictures = new Pictures(
                shape,
                images.count(),
                Pictures.PictureBytes.inOneArray(images.values(), shape.features()),
                labels::value,
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
