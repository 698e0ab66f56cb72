package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * PNG and JPEG pictures from a folder with one sub-folder per class, resized to {@code [n, channels, height, width]}.
 *
 * <p>All are decoded when the reader is made, so that every faulty one is told of before training, and kept when they are together
 * under 256 MiB once resized; else each is decoded again when it is asked for.
 */
public final class ImageFolderRecordReader extends PictureRecordReader {
    private static final long serialVersionUID = 1L;
    private static final long MOST_KEPT = 1L << 28;

    private ImageFolderRecordReader(Pictures pictures, ReadingOrder order) {
        super(pictures, order);
    }

    private static ImageFolderRecordReader of(Pictures pictures) {
        return new ImageFolderRecordReader(pictures, ReadingOrder.sequential(pictures.count()));
    }

    /** The pictures to train on, and those to test on. */
    record Parts(ImageFolderRecordReader train, ImageFolderRecordReader test) {}

    /** Opens both parts, and reads each folder once. */
    static Parts open(DataSpec.Images spec, long seed) {
        ImageFolder folder = ImageFolder.list(Path.of(spec.folder()));
        Optional<ImageFolder> testFolder = testFolder(spec, folder);
        Pictures pictures = pictures(spec, folder);
        if (testFolder.isPresent()) {
            return new Parts(of(pictures), of(pictures(spec, testFolder.get())));
        }
        boolean[] heldOut = folder.heldOut(spec.testShare(), seed);
        return new Parts(of(part(pictures, heldOut, false)), of(part(pictures, heldOut, true)));
    }

    /** The pictures to train on: all of the folder, or what is not held out when there is no test folder. */
    public static ImageFolderRecordReader train(DataSpec.Images spec, long seed) {
        return open(spec, seed).train();
    }

    /** The pictures to test on: the test folder, whose classes must be the same, or the share held out by the seed. */
    public static ImageFolderRecordReader test(DataSpec.Images spec, long seed) {
        return open(spec, seed).test();
    }

    /** The shape every picture will have and the folders' classes, by the folders' names alone. */
    static DataShape shapeOf(DataSpec.Images spec) {
        ImageFolder folder = ImageFolder.list(Path.of(spec.folder()));
        testFolder(spec, folder);
        return shape(spec, folder);
    }

    @Override
    public ImageFolderRecordReader in(ReadingOrder another) {
        return new ImageFolderRecordReader(pictures(), another);
    }

    @Override
    ImageFolderRecordReader over(Pictures others) {
        return new ImageFolderRecordReader(others, ReadingOrder.sequential(others.count()));
    }

    private static Optional<ImageFolder> testFolder(DataSpec.Images spec, ImageFolder folder) {
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

    private static Pictures part(Pictures pictures, boolean[] heldOut, boolean test) {
        return pictures.at(IntStream.range(0, heldOut.length)
                .filter(index -> heldOut[index] == test)
                .toArray());
    }

    private static DataShape shape(DataSpec.Images spec, ImageFolder folder) {
        return new DataShape(spec.channels(), spec.size().height(), spec.size().width(), folder.classNames());
    }

    private static Pictures pictures(DataSpec.Images spec, ImageFolder folder) {
        DataShape shape = shape(spec, folder);
        List<ImageFolder.Entry> entries = folder.entries();
        return new Pictures(
                shape,
                entries.size(),
                bytes(spec, folder, shape.features()),
                index -> entries.get(index).label(),
                index -> folder.identity(entries.get(index)),
                spec.scaling(),
                folder.name());
    }

    private static Pictures.PictureBytes bytes(DataSpec.Images spec, ImageFolder folder, int length) {
        List<ImageFolder.Entry> entries = folder.entries();
        if ((long) entries.size() * length >= MOST_KEPT) {
            folder.readAll((picture, index) -> {});
            return new Decoded(spec, entries);
        }
        byte[] all = new byte[entries.size() * length];
        folder.readAll((picture, index) -> System.arraycopy(bytes(spec, picture), 0, all, index * length, length));
        return Pictures.PictureBytes.inOneArray(all, length);
    }

    private static byte[] bytes(DataSpec.Images spec, Picture picture) {
        return picture.toBytes(spec.size(), spec.channels(), spec.invert());
    }

    /** Pictures decoded when asked for. */
    private record Decoded(DataSpec.Images spec, List<ImageFolder.Entry> entries) implements Pictures.PictureBytes {
        @Override
        public byte[] holding(int example) {
            return bytes(spec, Picture.read(entries.get(example).file()));
        }

        @Override
        public int offset(int example) {
            return 0;
        }
    }
}
