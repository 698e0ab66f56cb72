package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec.Fold;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What an experiment's {@code data} names, opened: the splits, all of one shape, and the SHA-256 of each file they came from.
 */
public final class Datasets {
    private final DataShape shape;
    private final Map<Split, ExampleSet> splits;
    private final SortedMap<String, String> fileHashes;

    private Datasets(DataShape shape, Map<Split, ExampleSet> splits, SortedMap<String, String> fileHashes) {
        this.shape = shape;
        this.splits = Collections.unmodifiableMap(new EnumMap<>(splits));
        this.fileHashes = Collections.unmodifiableSortedMap(fileHashes);
    }

    /**
     * Opens the data, with the labels that their source has; relative paths count from the working directory.
     *
     * @param seed the run's seed, from which letters are drawn and pictures held out
     * @param data where MNIST is found or fetched to, and kept what is made of files
     */
    public static Datasets open(DataSpec spec, long seed, DataFolder data) {
        return of(DataSource.of(spec).open(seed, data));
    }

    /** Draws letters, which takes no files. */
    public static Datasets draw(DataSpec.Xo letters, long seed) {
        return of(new XoData(letters).draw(seed));
    }

    private static Datasets of(DataSource.Opened opened) {
        return new Datasets(
                opened.train().shape(),
                Map.of(
                        Split.TRAIN, new ExampleSet(opened.train()),
                        Split.TEST, new ExampleSet(opened.test())),
                opened.fileHashes());
    }

    /**
     * The shape of what an experiment's {@code data} names, without fetching anything: files are read only where their
     * content decides.
     */
    public static DataShape shapeOf(DataSpec spec) {
        return DataSource.of(spec).shape();
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

    /**
     * The same data as a loss takes their labels.
     *
     * @param signed whether one-hot labels are −1 and +1, as hinge losses want them, instead of 0 and 1
     */
    public Datasets withLabels(boolean signed) {
        return signed ? each(shape, (split, examples) -> examples.withSignedLabels()) : this;
    }

    /**
     * The same data with about this share of the training examples held out as validation split, class by class; which they are
     * says {@link HeldOut#share}. Both parts keep the training examples' own order.
     *
     * @throws Failure (data) when no class has two training examples, of which one could be held out
     */
    public Datasets withValidation(double share, long seed) {
        return withValidation(HeldOut.share(RandomStream.VALIDATION, seed, share), () -> {
            int found = train().size();
            return Failure.data(
                    "training.validationShare needs 2 training examples of a class or more; found " + found
                            + (found == 1 ? "" : ", each of another class"),
                    "train on more examples, or set training.validationShare to 0");
        });
    }

    /**
     * The same data with one fold of the training examples held out as validation split; which they are says
     * {@link HeldOut#fold}. Both parts keep the training examples' own order.
     *
     * @throws Failure (data) when there are fewer training examples than folds
     */
    public Datasets withValidation(Fold fold, long seed) {
        return withValidation(
                HeldOut.fold(seed, fold),
                () -> Failure.data(
                        "training.validationFold " + fold + " needs " + fold.of() + " training examples or more; found "
                                + train().size(),
                        "train on more examples, or ask for fewer folds"));
    }

    private Datasets withValidation(HeldOut by, Supplier<Failure> tooFew) {
        BitSet heldOut = train().heldOut(by);
        ExampleSet validation = train().where(heldOut::get);
        if (validation.size() == 0) {
            throw tooFew.get();
        }
        Map<Split, ExampleSet> three = new EnumMap<>(splits);
        three.put(Split.VALIDATION, validation);
        three.put(Split.TRAIN, train().where(i -> !heldOut.get(i)));
        return new Datasets(shape, three, fileHashes);
    }

    /**
     * The same data with symmetric label noise: each training and validation label is with this probability that of another
     * class, all others equally likely. The test data keep their labels. Comes after {@link #withValidation}, so that which
     * examples are held out does not depend on it.
     *
     * @param probability 0 where labels are values
     */
    public Datasets withLabelNoise(double probability, long seed) {
        return probability == 0
                ? this
                : each(
                        shape,
                        (split, examples) ->
                                split == Split.TEST ? examples : examples.withLabelNoise(probability, seed));
    }

    /** The same data with their classes, whose names these are, in another order. */
    public Datasets withClasses(List<String> names) {
        return each(shape.withClasses(names), (split, examples) -> examples.withClasses(names));
    }

    private Datasets each(DataShape shape, BiFunction<Split, ExampleSet, ExampleSet> change) {
        Map<Split, ExampleSet> changed = new EnumMap<>(splits);
        changed.replaceAll(change);
        return new Datasets(shape, changed, fileHashes);
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
