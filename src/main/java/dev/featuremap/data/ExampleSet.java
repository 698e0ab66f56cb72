package dev.featuremap.data;

import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LabelMode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A training or test set: iterators over its examples in the orders training and evaluation need.
 *
 * <p>Every iterator gives batches of features {@code [n, channels, height, width]} and labels {@code [n, classes]}
 * (one-hot, 0 and 1, or −1 and +1 when signed) or {@code [n, 1]} (a value), all floats; the last batch may be smaller.
 * Iterators share the examples but no position.
 */
public final class ExampleSet {
    private static final int LABEL_COLUMN = 1;

    private final Pictures pictures;
    private final boolean signedLabels;

    ExampleSet(Pictures pictures) {
        this(pictures, false);
    }

    private ExampleSet(Pictures pictures, boolean signedLabels) {
        this.pictures = pictures;
        this.signedLabels = signedLabels;
    }

    /** The same examples with one-hot labels of −1 and +1; values stay as they are. */
    ExampleSet withSignedLabels() {
        return new ExampleSet(pictures, true);
    }

    /** The same examples with their classes in another order. */
    ExampleSet withClasses(List<String> names) {
        return new ExampleSet(pictures.withClasses(names), signedLabels);
    }

    /** The same examples, each with this probability of the label of another class, drawn by the seed. */
    ExampleSet withLabelNoise(double probability, long seed) {
        return new ExampleSet(pictures.withLabelNoise(probability, seed), signedLabels);
    }

    /** The same examples as an epoch of training sees them. */
    public ExampleSet augmented(Augmentation by, long seed, int epoch) {
        return new ExampleSet(pictures.augmented(by, seed, epoch), signedLabels);
    }

    /** The same examples with other levels {@code [channels, height, width]}, made when one is read. */
    public ExampleSet withLevels(Function<LabelledPicture, byte[]> levels) {
        return new ExampleSet(pictures.withLevels(levels), signedLabels);
    }

    /** Only the examples at these places of this set, in their own order. */
    ExampleSet where(IntPredicate chosen) {
        return new ExampleSet(pictures.where(chosen), signedLabels);
    }

    /** Which examples are held out. */
    BitSet heldOut(HeldOut by) {
        return by.among(pictures);
    }

    /** How many examples have the label 0. */
    int zeros() {
        return (int) IntStream.range(0, size())
                .filter(example -> pictures.label().applyAsInt(example) == 0)
                .count();
    }

    /** How many examples each class has; none where labels are values. */
    public List<Integer> classCounts() {
        if (pictures.shape().label() == LabelMode.VALUE) {
            return List.of();
        }
        int[] counts = new int[pictures.shape().outputs()];
        for (int i = 0; i < size(); i++) {
            counts[pictures.label().applyAsInt(i)]++;
        }
        return Arrays.stream(counts).boxed().toList();
    }

    /** Number of examples. */
    public int size() {
        return pictures.count();
    }

    /** All examples in their own order. */
    public DataSetIterator inOrder(int batchSize) {
        return inOrder(batchSize, size());
    }

    /** The first {@code limit} examples in their own order, or all when there are fewer. */
    public DataSetIterator inOrder(int batchSize, int limit) {
        return iterator(ReadingOrder.sequential(Math.min(limit, size())), batchSize);
    }

    /** All examples in their own order from batch {@code firstBatch} on. */
    public DataSetIterator inOrderFrom(int batchSize, int firstBatch) {
        return iterator(ReadingOrder.sequential(size()).from(start(batchSize, firstBatch)), batchSize);
    }

    /** All examples in the order of an epoch, which (seed, epoch) alone decide. */
    public DataSetIterator shuffled(int batchSize, long seed, int epoch) {
        return shuffled(batchSize, seed, epoch, 0);
    }

    /** As {@link #shuffled(int, long, int)}, but from batch {@code firstBatch} on: those before are not even decoded. */
    public DataSetIterator shuffled(int batchSize, long seed, int epoch, int firstBatch) {
        return iterator(ReadingOrder.shuffled(size(), seed, epoch).from(start(batchSize, firstBatch)), batchSize);
    }

    private int start(int batchSize, int firstBatch) {
        return Math.toIntExact(Math.min(size(), (long) firstBatch * batchSize));
    }

    /** What an example is called within its data, see {@link LabelledPicture#identity()}. */
    public String identity(int example) {
        return pictures.identity(example);
    }

    /** One example to look at. */
    public LabelledPicture picture(int example) {
        if (example < 0 || example >= size()) {
            throw new IndexOutOfBoundsException("example " + example + " is not in 0.." + (size() - 1));
        }
        return new LabelledPicture(pictures, example);
    }

    /** The examples as a DataVec record reader, which hands them out in this order. */
    public PictureRecordReader records(ReadingOrder order) {
        return new PictureRecordReader(pictures, order);
    }

    private DataSetIterator iterator(ReadingOrder order, int batchSize) {
        DataShape shape = pictures.shape();
        RecordReaderDataSetIterator.Builder builder =
                new RecordReaderDataSetIterator.Builder(records(order), batchSize);
        if (shape.label() == LabelMode.VALUE) {
            return builder.regression(LABEL_COLUMN).build();
        }
        builder.classification(LABEL_COLUMN, shape.outputs());
        return (signedLabels ? builder.preProcessor(new SignedLabels()) : builder).build();
    }
}
