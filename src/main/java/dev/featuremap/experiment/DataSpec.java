package dev.featuremap.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where examples come from; the key {@code source} chooses the form. Every picture becomes {@code [channels, height, width]}. */
@Choice(key = "source", meaning = "what kind of data")
public sealed interface DataSpec permits DataSpec.Mnist, DataSpec.Xo, DataSpec.Idx, DataSpec.Images {
    /** Whether the label's class or its value is learned. */
    LabelMode label();

    /** What a pixel's byte becomes before the network sees it. */
    Scaling scaling();

    /** Probability with which each training label, those of validation data included, is replaced by another class. */
    double labelNoise();

    /** How training pictures, those of validation data not included, are varied anew in each epoch. */
    Augmentation augment();

    /**
     * What decides which examples are tested on, and with which labels; how pixels are prepared is the network's side of it.
     *
     * @param seed of the run
     * @param files SHA-256 of the data's files as the run's provenance has them
     */
    List<Object> testedOn(long seed, Map<String, String> files);

    /** Whether each picture is a file of its own, which may be given again and may look in any way. */
    default boolean isOfPictureFiles() {
        return false;
    }

    /** Whether light and dark change places as pictures are read. */
    default boolean invert() {
        return false;
    }

    /** Whether the test examples are held out of those that are there by the seed. */
    default boolean holdsOutTest() {
        return false;
    }

    private static void requireClasses(LabelMode label, double labelNoise) {
        if (labelNoise > 0 && label == LabelMode.VALUE) {
            throw new InvalidKey("labelNoise", labelNoise, "0 where the label is a value, as there is no other class");
        }
    }

    /** A file's hash, which goes by its name, or by its path where another file has that name. */
    private static String hash(String path, Map<String, String> files) {
        return files.getOrDefault(
                path, files.getOrDefault(String.valueOf(Path.of(path).getFileName()), path));
    }

    /** MNIST: 60,000 training and 10,000 test digits of 28x28, fetched when they are not there. */
    record Mnist(
            @Key(value = "class: ten outputs; value: the digit as a number", byDefault = "class")
            LabelMode label,

            @Key(value = "what a pixel's byte becomes: unit 0..1, signed -1..1, raw 0..255", byDefault = "unit")
            Scaling scaling,

            @Key(value = "the folder with the four MNIST files; default: data/mnist, filled when needed", isPath = true)
            Optional<String> folder,

            @Key(value = "train on the first this many examples; default: all", range = "[1, 60000]")
            Optional<Integer> trainExamples,

            @Key(value = "test on the first this many examples; default: all", range = "[1, 10000]")
            Optional<Integer> testExamples,

            @Key(
                    value = "probability with which each training label is replaced by another class; test labels stay",
                    byDefault = "0",
                    range = "[0, 1)")
            double labelNoise,

            @Key(value = "how training pictures are varied, anew in each epoch", byDefault = "{}")
            Augmentation augment)
            implements DataSpec {
        public Mnist {
            Keys.check(Mnist.class, label, scaling, folder, trainExamples, testExamples, labelNoise, augment);
            requireClasses(label, labelNoise);
        }

        @Override
        public List<Object> testedOn(long seed, Map<String, String> files) {
            return List.of("mnist", label, testExamples.orElse(10_000), files);
        }
    }

    /** Synthetic letters X and O, drawn from the seed: pixels -1 (paper) to +1 (ink), two classes. */
    record Xo(
            @Key(value = "side of the square picture in pixels", byDefault = "9", range = "[9, 256]")
            int size,

            @Key(value = "number of training drawings", byDefault = "2000", range = "[1, 1000000]")
            int trainExamples,

            @Key(
                    value = "number of test drawings, none of which is a training drawing",
                    byDefault = "500",
                    range = "[1, 1000000]")
            int testExamples,

            @Key(value = "how drawings differ from the clean letter", byDefault = "{}")
            Deformation deform,

            @Key(value = "the same for the test drawings; default: as deform")
            Optional<Deformation> testDeform,

            @Key(
                    value = "probability with which each training label is replaced by another class; test labels stay",
                    byDefault = "0",
                    range = "[0, 1)")
            double labelNoise,

            @Key(value = "how training pictures are varied, anew in each epoch", byDefault = "{}")
            Augmentation augment)
            implements DataSpec {
        public Xo {
            Keys.check(Xo.class, size, trainExamples, testExamples, deform, testDeform, labelNoise, augment);
        }

        @Override
        public LabelMode label() {
            return LabelMode.CLASS;
        }

        @Override
        public Scaling scaling() {
            return Scaling.SIGNED;
        }

        @Override
        public List<Object> testedOn(long seed, Map<String, String> files) {
            return List.of("xo", seed, size, testExamples, testDeformation());
        }

        /** How test drawings differ from the clean letter. */
        public Deformation testDeformation() {
            return testDeform.orElse(deform);
        }
    }

    /** Any data set in IDX files of unsigned bytes, plain or {@code .gz}. */
    record Idx(
            @Key(
                    value =
                            "file of the training pictures: IDX, unsigned bytes, [n, height, width] or [n, channels, height, width]",
                    isPath = true)
            String trainImages,

            @Key(value = "file of the training labels: IDX, unsigned bytes, [n]", isPath = true)
            String trainLabels,

            @Key(value = "file of the test pictures", isPath = true)
            String testImages,

            @Key(value = "file of the test labels", isPath = true)
            String testLabels,

            @Key(value = "number of classes; labels run from firstLabel", range = "[2, 256]", byDefault = "10")
            int classes,

            @Key(
                    value = "the label of the first class, such as 1 for EMNIST's letters; for label: class",
                    range = "[0, 254]",
                    byDefault = "0")
            int firstLabel,

            @Key(
                    value = "whether the files hold rows as columns, as EMNIST's do, so that the two change places",
                    byDefault = "false")
            boolean transpose,

            @Key(
                    value =
                            "what the classes are called, in the order of their labels, such as [t-shirt, trouser, ...] for"
                                    + " Fashion-MNIST's; default: by their labels",
                    byDefault = "[]")
            List<String> classNames,

            @Key(value = "class: one output per class; value: the label as a number", byDefault = "class")
            LabelMode label,

            @Key(value = "what a pixel's byte becomes: unit 0..1, signed -1..1, raw 0..255", byDefault = "unit")
            Scaling scaling,

            @Key(
                    value = "probability with which each training label is replaced by another class; test labels stay",
                    byDefault = "0",
                    range = "[0, 1)")
            double labelNoise,

            @Key(value = "how training pictures are varied, anew in each epoch", byDefault = "{}")
            Augmentation augment)
            implements DataSpec {
        public Idx {
            Keys.check(
                    Idx.class,
                    trainImages,
                    trainLabels,
                    testImages,
                    testLabels,
                    classes,
                    firstLabel,
                    transpose,
                    classNames,
                    label,
                    scaling,
                    labelNoise,
                    augment);
            requireClasses(label, labelNoise);
            if (firstLabel + classes > 256) {
                throw new InvalidKey("firstLabel", firstLabel, "at most 256 - classes = " + (256 - classes));
            }
            classNames = List.copyOf(classNames);
            requireNames(classNames, label, classes);
            if (firstLabel > 0 && label == LabelMode.VALUE) {
                throw new InvalidKey("firstLabel", firstLabel, "0 where the label is a value");
            }
        }

        private static void requireNames(List<String> names, LabelMode label, int classes) {
            if (names.isEmpty()) {
                return;
            }
            if (label == LabelMode.VALUE) {
                throw new InvalidKey("classNames", names, "[] where the label is a value");
            }
            if (names.size() != classes || Set.copyOf(names).size() != classes) {
                throw new InvalidKey("classNames", names, classes + " different names, as data.classes is " + classes);
            }
            if (names.stream().anyMatch(name -> name.isBlank() || name.chars().anyMatch(Character::isISOControl))) {
                throw new InvalidKey("classNames", names, "names of one line, none of them empty");
            }
        }

        @Override
        public List<Object> testedOn(long seed, Map<String, String> files) {
            return List.of("idx", label, hash(testImages, files), hash(testLabels, files));
        }
    }

    /** A folder with one sub-folder per class, each holding PNG or JPEG files; classes in the order of their names. */
    record Images(
            @Key(value = "the folder with one sub-folder per class", isPath = true)
            String folder,

            @Key(value = "a folder of the same form to test on; default: a share of folder", isPath = true)
            Optional<String> testFolder,

            @Key(
                    value = "share of each class held out for the test when there is no testFolder",
                    byDefault = "0.2",
                    range = "(0, 1)")
            double testShare,

            @Key(value = "height and width in pixels every picture is resized to", byDefault = "28")
            Extent size,

            @Key(value = "1: grey, 3: red, green, blue", byDefault = "1", range = "[1, 3]")
            int channels,

            @Key(value = "whether light and dark change places, for dark ink on light paper", byDefault = "false")
            boolean invert,

            @Key(value = "what a pixel's byte becomes: unit 0..1, signed -1..1, raw 0..255", byDefault = "unit")
            Scaling scaling,

            @Key(
                    value = "probability with which each training label is replaced by another class; test labels stay",
                    byDefault = "0",
                    range = "[0, 1)")
            double labelNoise,

            @Key(value = "how training pictures are varied, anew in each epoch", byDefault = "{}")
            Augmentation augment)
            implements DataSpec {
        public Images {
            Keys.check(
                    Images.class, folder, testFolder, testShare, size, channels, invert, scaling, labelNoise, augment);
            if (channels == 2) {
                throw new InvalidKey("channels", channels, "1 (grey) or 3 (colour)");
            }
            if (!size.isAtLeast(1)) {
                throw new InvalidKey("size", size, "at least 1x1");
            }
        }

        @Override
        public LabelMode label() {
            return LabelMode.CLASS;
        }

        @Override
        public List<Object> testedOn(long seed, Map<String, String> files) {
            return holdsOutTest()
                    ? List.of("images", hash(folder, files), testShare, seed)
                    : List.of("images", hash(testFolder.get(), files));
        }

        @Override
        public boolean isOfPictureFiles() {
            return true;
        }

        @Override
        public boolean holdsOutTest() {
            return testFolder.isEmpty();
        }
    }
}
