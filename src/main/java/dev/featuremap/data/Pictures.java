package dev.featuremap.data;

import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Scaling;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Labelled pictures before a reader hands them out: levels 0..255 of {@code [channels, height, width]} each, a byte a level.
 *
 * @param shape the picture's shape and the class names
 * @param count number of pictures
 * @param levels where each picture's levels are
 * @param label each picture's class or value, already checked against the classes
 * @param names each picture's own identity, see {@link #identity}
 * @param scaling what a level becomes
 * @param origin what the pictures come from, for messages and metadata
 */
record Pictures(
        DataShape shape,
        int count,
        Levels levels,
        IntUnaryOperator label,
        IntFunction<String> names,
        Scaling scaling,
        String origin) {
    /**
     * What a picture is called within its data, whatever other pictures there are: its index in decimal in IDX files and
     * drawings, {@code class/file.png} in a folder.
     */
    String identity(int example) {
        return names.apply(example);
    }

    /** Where a picture is found: its file, or the file of many (the drawings' name) and its index there after a {@code #}. */
    String place(int example) {
        String name = identity(example);
        return origin + (name.indexOf('/') < 0 ? "#" : "/") + name;
    }

    /** The class of a picture; empty for values. */
    String className(int example) {
        return shape.classNames().isEmpty() ? "" : shape.classNames().get(label.applyAsInt(example));
    }

    /** Only these pictures, in this order. */
    Pictures at(int[] examples) {
        return new Pictures(
                shape,
                examples.length,
                (place, to) -> levels.read(examples[place], to),
                place -> label.applyAsInt(examples[place]),
                place -> names.apply(examples[place]),
                scaling,
                origin);
    }

    /** The same pictures with their classes in another order, and so with other labels. */
    Pictures withClasses(List<String> names) {
        int[] labels = shape.classNames().stream().mapToInt(names::indexOf).toArray();
        return new Pictures(
                shape.withClasses(names),
                count,
                levels,
                example -> labels[label.applyAsInt(example)],
                this.names,
                scaling,
                origin);
    }

    /**
     * The same pictures, each with this probability of the label of another class, all of which are equally likely: drawn from
     * the seed and the picture's identity, whatever other pictures there are. What a lower probability replaces, a higher one
     * replaces by the same.
     */
    Pictures withLabelNoise(double probability, long seed) {
        int classes = shape.classNames().size();
        IntUnaryOperator noisy = example -> {
            RandomStream.Generator random = RandomStream.LABEL_NOISE.of(seed, RandomStream.number(identity(example)));
            boolean replaced = random.share() < probability;
            return (label.applyAsInt(example) + (replaced ? 1 + random.below(classes - 1) : 0)) % classes;
        };
        return new Pictures(shape, count, levels, noisy, names, scaling, origin);
    }

    /** The same pictures, of which what is stored as rows are columns. */
    Pictures transposed() {
        DataShape turned = new DataShape(shape.channels(), shape.width(), shape.height(), shape.classNames());
        Levels asStored = levels;
        Levels upright = (example, to) -> {
            byte[] stored = new byte[to.length];
            asStored.read(example, stored);
            transpose(stored, turned, to);
        };
        return new Pictures(turned, count, upright, label, names, scaling, origin);
    }

    /** Levels stored as {@code [channels, width, height]}, with rows and columns in their places. */
    private static void transpose(byte[] stored, DataShape shape, byte[] to) {
        int place = 0;
        for (int channel = 0; channel < shape.channels(); channel++) {
            int start = channel * shape.height() * shape.width();
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    to[place++] = stored[start + x * shape.height() + y];
                }
            }
        }
    }

    /** The same pictures as an epoch of training sees them. */
    Pictures augmented(Augmentation by, long seed, int epoch) {
        if (!by.isAny()) {
            return this;
        }
        Levels varied = new Varied(levels, new Augmenter(by, shape, seed, epoch));
        return new Pictures(shape, count, varied, label, names, scaling, origin);
    }

    private record Varied(Levels asTheyAre, Augmenter augmenter) implements Levels {
        @Override
        public void read(int example, byte[] to) {
            asTheyAre.read(example, to);
            augmenter.vary(example, to);
        }

        @Override
        public boolean takeLong() {
            return true;
        }
    }

    /** The same pictures with other levels, made of each when it is read. */
    Pictures withLevels(Function<LabelledPicture, byte[]> made) {
        Levels other =
                (example, to) -> System.arraycopy(made.apply(new LabelledPicture(this, example)), 0, to, 0, to.length);
        return new Pictures(shape, count, other, label, names, scaling, origin);
    }

    /** The first {@code most} pictures, or all when there are fewer. */
    Pictures first(int most) {
        return new Pictures(shape, Math.min(most, count), levels, label, names, scaling, origin);
    }

    /** Only these pictures, in their own order. */
    Pictures where(IntPredicate chosen) {
        return at(IntStream.range(0, count).filter(chosen).toArray());
    }

    /** One picture's levels {@code [channels, height, width]}. */
    byte[] levels(int example) {
        byte[] read = new byte[shape.features()];
        levels.read(example, read);
        return read;
    }

    /** Writes one picture, scaled, into an array of its size. */
    void decode(int example, float[] to) {
        scaling.apply(levels(example), to);
    }

    /** Where pictures' levels 0..255 come from; asked by several threads at once. */
    @FunctionalInterface
    interface Levels {
        /** Writes those of one picture over an array of their number. */
        void read(int example, byte[] to);

        /** Whether reading a batch takes long enough to be shared among threads. */
        default boolean takeLong() {
            return false;
        }

        /** Those of pictures one after the other in one array. */
        static Levels inOneArray(byte[] all, int length) {
            return (example, to) -> System.arraycopy(all, example * length, to, 0, length);
        }
    }
}
