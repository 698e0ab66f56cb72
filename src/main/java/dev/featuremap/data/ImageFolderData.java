package dev.featuremap.data;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.DataSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * PNG and JPEG pictures from a folder with one sub-folder per class, resized to {@code [n, channels, height, width]}.
 *
 * <p>They are decoded once and kept in the cache, each folder by the content of all its files and by what shapes the pixels; so all
 * files are read whenever the data are opened, and all faulty ones are told of before training.
 */
record ImageFolderData(DataSpec.Images spec) implements DataSource {
    @Override
    public DataShape shape() {
        ImageFolder folder = ImageFolder.list(Path.of(spec.folder()));
        testFolder(folder);
        return shape(folder);
    }

    @Override
    public Opened open(long seed, DataFolder data) {
        ImageFolder folder = ImageFolder.list(Path.of(spec.folder()));
        Optional<ImageFolder> testFolder = testFolder(folder);
        SortedMap<String, String> hashes = new TreeMap<>();
        Pictures pictures = read(folder, spec.folder(), data.cache(), hashes);
        if (testFolder.isPresent()) {
            return new Opened(
                    pictures, read(testFolder.get(), spec.testFolder().orElseThrow(), data.cache(), hashes), hashes);
        }
        folder.requireTwoOfEachClass();
        BitSet heldOut =
                HeldOut.share(RandomStream.HELD_OUT, seed, spec.testShare()).among(pictures);
        return new Opened(pictures.where(i -> !heldOut.get(i)), pictures.where(heldOut::get), hashes);
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

    /** The pictures of a folder, whose hash is written down under the name that the experiment has for it. */
    private Pictures read(ImageFolder folder, String name, DataCache cache, SortedMap<String, String> hashes) {
        DataShape shape = shape(folder);
        int length = shape.features();
        String sha256 = folder.sha256();
        hashes.put(name, sha256);
        DataCache.Wanted wanted = new DataCache.Wanted(
                key(sha256),
                folder.count() + " pictures of " + shape.picture(),
                folder.path(),
                "decoding " + folder.count() + " pictures of " + folder.name(),
                (long) folder.count() * length);
        LargeBytes levels = cache.get(wanted, out -> {
            String decoded = folder.readAll(this::levels, picture -> out.write(picture, 0, length));
            if (!decoded.equals(sha256)) {
                throw LargeBytes.changed(folder.path(), null);
            }
        });
        return new Pictures(
                shape,
                folder.count(),
                (i, to) -> levels.read((long) i * length, to),
                folder::label,
                folder::identity,
                spec.scaling(),
                folder.name());
    }

    /** Of all that decides the pixels; {@link DataCache#VERSION} stands for how they are decoded and resized. */
    private String key(String sha256) {
        String decisive = "images " + sha256 + " " + spec.size() + " " + spec.channels() + " " + spec.invert();
        MessageDigest digest = Sha256.digest();
        digest.update(decisive.getBytes(StandardCharsets.UTF_8));
        return Sha256.hex(digest);
    }

    private byte[] levels(byte[] content) throws FaultyPictureException {
        return Picture.of(content).toBytes(spec.size(), spec.channels(), spec.invert());
    }
}
