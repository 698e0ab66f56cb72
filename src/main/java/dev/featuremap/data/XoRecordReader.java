package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Deformation;
import dev.featuremap.experiment.Scaling;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Drawn letters X (class 0) and O (class 1) by turns, {@code [n, 1, size, size]}, −1 (paper) to +1 (ink).
 *
 * <p>Each drawing is a function of (seed, split, index). No test drawing equals a training drawing, pixel for pixel: one
 * that does is drawn again, as attempt 1, 2, … of its index.
 */
public final class XoRecordReader extends PictureRecordReader {
    private static final long serialVersionUID = 1L;
    private static final int TRAIN = 0;
    private static final int TEST = 1;
    private static final int MOST_ATTEMPTS = 1000;
    /** All pixels of one split, one byte each: 256 MiB. */
    private static final long MOST_PIXELS = 1L << 28;

    private XoRecordReader(Pictures pictures, ReadingOrder order) {
        super(pictures, order);
    }

    /** The training drawings. */
    public static XoRecordReader train(DataSpec.Xo spec, long seed) {
        return of(spec.size(), trainDrawings(spec, seed));
    }

    /** The test drawings, or a {@link Failure} when the deformation leaves too few that are not training drawings. */
    public static XoRecordReader test(DataSpec.Xo spec, long seed) {
        int size = spec.size();
        Set<ByteBuffer> known = distinct(trainDrawings(spec, seed), size);
        byte[] all = canvas(size, spec.testExamples(), "testExamples");
        for (int index = 0; index < spec.testExamples(); index++) {
            byte[] drawing = unknown(spec, seed, index, known);
            System.arraycopy(drawing, 0, all, index * drawing.length, drawing.length);
        }
        return of(size, all);
    }

    @Override
    public XoRecordReader in(ReadingOrder another) {
        return new XoRecordReader(pictures(), another);
    }

    @Override
    XoRecordReader over(Pictures others) {
        return new XoRecordReader(others, ReadingOrder.sequential(others.count()));
    }

    private static XoRecordReader of(int size, byte[] all) {
        DataShape shape = shape(size);
        int count = all.length / shape.features();
        Pictures pictures = new Pictures(
                shape,
                count,
                Pictures.PictureBytes.inOneArray(all, shape.features()),
                index -> index % 2,
                Integer::toString,
                Scaling.SIGNED,
                "xo drawings");
        return new XoRecordReader(pictures, ReadingOrder.sequential(count));
    }

    private static Letter letter(int index) {
        return index % 2 == 0 ? Letter.X : Letter.O;
    }

    private static byte[] trainDrawings(DataSpec.Xo spec, long seed) {
        int size = spec.size();
        byte[] all = canvas(size, spec.trainExamples(), "trainExamples");
        for (int index = 0; index < spec.trainExamples(); index++) {
            byte[] drawing = draw(spec.deform(), size, index, RandomStream.DRAWING.of(seed, TRAIN, index, 0));
            System.arraycopy(drawing, 0, all, index * drawing.length, drawing.length);
        }
        return all;
    }

    private static byte[] unknown(DataSpec.Xo spec, long seed, int index, Set<ByteBuffer> known) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            RandomStream.Generator random = RandomStream.DRAWING.of(seed, TEST, index, attempt);
            byte[] drawing = draw(spec.testDeformation(), spec.size(), index, random);
            if (!known.contains(ByteBuffer.wrap(drawing))) {
                return drawing;
            }
        }
        throw Failure.data(
                "xo: test drawing " + index + " (" + letter(index) + ") equals a training drawing in each of "
                        + MOST_ATTEMPTS + " attempts; the " + spec.trainExamples()
                        + " training drawings are " + known.size() + " distinct ones, the test needs others",
                "deform more (data.deform or data.testDeform, such as noise=0.1), or set data.trainExamples lower");
    }

    private static byte[] draw(Deformation by, int size, int index, RandomStream.Generator random) {
        return XoDrawing.deformed(letter(index), size, by, random).bytes();
    }

    private static Set<ByteBuffer> distinct(byte[] all, int size) {
        Set<ByteBuffer> known = new HashSet<>();
        for (int at = 0; at < all.length; at += size * size) {
            known.add(ByteBuffer.wrap(all, at, size * size).slice());
        }
        return known;
    }

    private static byte[] canvas(int size, int count, String key) {
        long pixels = (long) size * size * count;
        if (pixels > MOST_PIXELS) {
            throw Failure.usage(
                    "data." + key + ": " + count + " drawings of " + size + "x" + size + " are " + pixels
                            + " pixels, expected at most " + MOST_PIXELS,
                    "set data." + key + " or data.size lower");
        }
        return new byte[(int) pixels];
    }

    /** One channel of {@code size} by {@code size}, and the two letters. */
    static DataShape shape(int size) {
        return new DataShape(1, size, size, List.of(Letter.X.name(), Letter.O.name()));
    }
}
