package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * PNG and JPEG pictures from a folder with one sub-folder per class, resized to {@code [n, channels, height, width]}.
 *
 * <p>All are decoded when the data are opened, so that every faulty one is told of before training, and kept when they are
 * together under {@code mostKept} bytes once resized; else each is decoded again when it is asked for, from the same content or
 * not at all.
 */
record ImageFolderData(DataSpec.Images spec, long mostKept) implements DataSource {
    /** Keeps up to 256 MiB. */
    ImageFolderData(DataSpec.Images spec) {
        this(spec, 1L << 28);
    }

    @Override
    public DataShape shape() {
        ImageFolder folder = ImageFolder.list(Path.of(spec.folder()));
        testFolder(folder);
        return shape(folder);
    }

    @Override
    public Opened open(long seed, MnistFiles mnist) {
        ImageFolder folder = ImageFolder.list(Path.of(spec.folder()));
        Optional<ImageFolder> testFolder = testFolder(folder);
        SortedMap<String, String> hashes = new TreeMap<>();
        Pictures pictures = read(folder, spec.folder(), hashes);
        if (testFolder.isPresent()) {
            return new Opened(pictures, read(testFolder.get(), spec.testFolder().orElseThrow(), hashes), hashes);
        }
        folder.requireTwoOfEachClass();
        boolean[] heldOut =
                HeldOut.share(RandomStream.HELD_OUT, seed, spec.testShare()).among(pictures);
        return new Opened(pictures.where(i -> !heldOut[i]), pictures.where(i -> heldOut[i]), hashes);
    }

    private Optional<ImageFolder> testFolder(ImageFolder folder) {
        Optional<ImageFolder> test = spec.testFolder().map(Path::of).map(ImageFolder::list);
        test.map(ImageFolder::classNames)
                .filter(names -> !names.equals(folder.classNames()))
                .ifPresent(names -> {
                    throw Failure.data(
                            spec.testFolder().get() + ": found the classes "
                                    + FileNames.toldApart(names, folder.classNames()) + ", expected those of "
                                    + spec.folder() + ": " + FileNames.toldApart(folder.classNames(), names),
                            "give both folders the same sub-folders, their names in the same Unicode form");
                });
        return test;
    }

    private DataShape shape(ImageFolder folder) {
        return new DataShape(spec.channels(), spec.size().height(), spec.size().width(), folder.classNames());
    }

    /** Decodes all of a folder, and writes down its hash under the name that the experiment has for it. */
    private Pictures read(ImageFolder folder, String name, SortedMap<String, String> hashes) {
        DataShape shape = shape(folder);
        int length = shape.features();
        int count = folder.entries().size();
        Pictures.Levels levels;
        if ((long) count * length < mostKept) {
            byte[] all = new byte[count * length];
            hashes.put(
                    name,
                    folder.readAll((i, picture) -> System.arraycopy(levels(picture), 0, all, i * length, length)));
            levels = Pictures.Levels.inOneArray(all, length);
        } else {
            hashes.put(name, folder.readAll((i, picture) -> {}));
            levels = (i, to) -> System.arraycopy(levels(folder.readAgain(i)), 0, to, 0, length);
        }
        return new Pictures(
                shape,
                count,
                levels,
                i -> folder.entries().get(i).label(),
                i -> folder.identity(folder.entries().get(i)),
                spec.scaling(),
                folder.name());
    }

    private byte[] levels(Picture picture) {
        return picture.toBytes(spec.size(), spec.channels(), spec.invert());
    }
}
