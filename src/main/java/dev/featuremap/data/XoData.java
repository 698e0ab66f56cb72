package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.data.XoDrawing.Letter;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Deformation;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Drawn letters X (class 0) and O (class 1) by turns, {@code [n, 1, size, size]}, −1 (paper) to +1 (ink).
 *
 * <p>Each drawing is a function of (seed, split, index). No test drawing equals a training drawing, pixel for pixel: one
 * that does is drawn again, as attempt 1, 2, … of its index.
 */
record XoData(DataSpec.Xo spec) implements DataSource {
    private static final int TRAIN = 0;
    private static final int TEST = 1;
    private static final int MOST_ATTEMPTS = 1000;
    /** All pixels of one split, one byte each: 256 MiB. */
    private static final long MOST_PIXELS = 1L << 28;

    /** One channel, and the two letters. */
    @Override
    public DataShape shape() {
        return new DataShape(1, spec.size(), spec.size(), List.of(Letter.X.name(), Letter.O.name()));
    }

    @Override
    public Opened open(long seed, DataFolder data) {
        return draw(seed);
    }

    /** @throws Failure (data) when the deformation leaves too few test drawings that are not training drawings */
    Opened draw(long seed) {
        byte[] train = canvas(spec.trainExamples(), "trainExamples");
        byte[] test = canvas(spec.testExamples(), "testExamples");
        int pixels = spec.size() * spec.size();
        Set<ByteBuffer> known = new HashSet<>();
        for (int index = 0; index < spec.trainExamples(); index++) {
            byte[] drawing = draw(spec.deform(), index, RandomStream.DRAWING.of(seed, TRAIN, index, 0));
            System.arraycopy(drawing, 0, train, index * pixels, pixels);
            known.add(ByteBuffer.wrap(train, index * pixels, pixels).slice());
        }
        for (int index = 0; index < spec.testExamples(); index++) {
            System.arraycopy(unknown(seed, index, known), 0, test, index * pixels, pixels);
        }
        return new Opened(pictures(train), pictures(test), Collections.emptySortedMap());
    }

    private Pictures pictures(byte[] all) {
        int pixels = shape().features();
        return new Pictures(
                shape(),
                all.length / pixels,
                Pictures.Levels.inOneArray(all, pixels),
                index -> index % 2,
                Integer::toString,
                spec.scaling(),
                "xo drawings");
    }

    private static Letter letter(int index) {
        return index % 2 == 0 ? Letter.X : Letter.O;
    }

    private byte[] unknown(long seed, int index, Set<ByteBuffer> known) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            RandomStream.Generator random = RandomStream.DRAWING.of(seed, TEST, index, attempt);
            byte[] drawing = draw(spec.testDeformation(), index, random);
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

    private byte[] draw(Deformation by, int index, RandomStream.Generator random) {
        return XoDrawing.deformed(letter(index), spec.size(), by, random).bytes();
    }

    private byte[] canvas(int count, String key) {
        int size = spec.size();
        long pixels = (long) size * size * count;
        if (pixels > MOST_PIXELS) {
            throw Failure.usage(
                    "data." + key + ": " + count + " drawings of " + size + "x" + size + " are " + pixels
                            + " pixels, expected at most " + MOST_PIXELS,
                    "set data." + key + " or data.size lower");
        }
        return new byte[(int) pixels];
    }
}
