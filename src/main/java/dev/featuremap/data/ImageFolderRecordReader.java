package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * PNG and JPEG pictures from a folder with one sub-folder per class, resized to {@code [n, channels, height, width]}.
 *
 * <p>When all pictures together are under 256 MiB once resized, they are decoded when the reader is made, so that a
 * damaged one is found before training; else each is decoded when it is asked for.
 */
public final class ImageFolderRecordReader extends PictureRecordReader {
    private static final long serialVersionUID = 1L;
    private static final long MOST_CACHED = 1L << 28;

    private ImageFolderRecordReader(Pictures pictures, ReadingOrder order) {
        super(pictures, order);
    }

    /** The pictures to train on: all of the folder, or what is not held out when there is no test folder. */
    public static ImageFolderRecordReader train(DataSpec.Images spec, long seed) {
        ImageFolder all = ImageFolder.list(Path.of(spec.folder()));
        return of(spec, spec.testFolder().isPresent() ? all : all.split(spec.testShare(), seed, false));
    }

    /** The pictures to test on: the test folder, whose classes must be the same, or the share held out by the seed. */
    public static ImageFolderRecordReader test(DataSpec.Images spec, long seed) {
        ImageFolder all = ImageFolder.list(Path.of(spec.folder()));
        if (spec.testFolder().isEmpty()) {
            return of(spec, all.split(spec.testShare(), seed, true));
        }
        ImageFolder test = ImageFolder.list(Path.of(spec.testFolder().get()));
        if (!test.classNames().equals(all.classNames())) {
            throw Failure.data(
                    spec.testFolder().get() + ": found the classes " + test.classNames() + ", expected those of "
                            + spec.folder() + ": " + all.classNames(),
                    "give both folders the same sub-folders");
        }
        return of(spec, test);
    }

    @Override
    public ImageFolderRecordReader in(ReadingOrder another) {
        return new ImageFolderRecordReader(pictures(), another);
    }

    private static ImageFolderRecordReader of(DataSpec.Images spec, ImageFolder folder) {
        DataShape shape =
                new DataShape(spec.channels(), spec.size().height(), spec.size().width(), folder.classNames());
        List<ImageFolder.Entry> entries = folder.entries();
        Pictures pictures = new Pictures(
                shape,
                entries.size(),
                bytes(spec, entries, shape.features()),
                index -> entries.get(index).label(),
                index -> folder.identity(entries.get(index)),
                spec.scaling(),
                spec.folder());
        return new ImageFolderRecordReader(pictures, ReadingOrder.sequential(entries.size()));
    }

    private static Pictures.PictureBytes bytes(DataSpec.Images spec, List<ImageFolder.Entry> entries, int length) {
        if ((long) entries.size() * length >= MOST_CACHED) {
            return new Decoded(spec, entries);
        }
        byte[] all = new byte[entries.size() * length];
        for (int i = 0; i < entries.size(); i++) {
            System.arraycopy(decode(spec, entries.get(i)), 0, all, i * length, length);
        }
        return Pictures.PictureBytes.inOneArray(all, length);
    }

    private static byte[] decode(DataSpec.Images spec, ImageFolder.Entry entry) {
        return Picture.read(entry.file()).toBytes(spec.size(), spec.channels(), spec.invert());
    }

    /** Pictures decoded when asked for. */
    private record Decoded(DataSpec.Images spec, List<ImageFolder.Entry> entries) implements Pictures.PictureBytes {
        @Override
        public byte[] holding(int example) {
            return decode(spec, entries.get(example));
        }

        @Override
        public int offset(int example) {
            return 0;
        }
    }
}
