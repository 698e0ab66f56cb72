package dev.featuremap.train;

import dev.featuremap.Sha256;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Experiment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * Which examples a run is tested on: two runs with the same answer meet the same pictures with the same labels, so that their
 * scores differ only by what was trained. How pixels are prepared (size, scaling, inversion) is the network's side of it.
 */
final class TestData {
    private static final int MNIST_TEST_EXAMPLES = 10_000;

    private TestData() {}

    /**
     * A SHA-256 over all that decides it.
     *
     * @param files SHA-256 of the data's files as the run's provenance has them
     */
    static String sha256(Experiment experiment, Map<String, String> files) {
        MessageDigest digest = Sha256.digest();
        for (Object part : parts(experiment.data(), experiment.seed(), files)) {
            digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Sha256.hex(digest);
    }

    private static List<Object> parts(DataSpec data, long seed, Map<String, String> files) {
        if (data instanceof DataSpec.Xo xo) {
            return List.of("xo", seed, xo.size(), xo.testExamples(), xo.testDeformation());
        }
        if (data instanceof DataSpec.Mnist mnist) {
            return List.of("mnist", mnist.label(), mnist.testExamples().orElse(MNIST_TEST_EXAMPLES), files);
        }
        if (data instanceof DataSpec.Idx idx) {
            return List.of("idx", idx.label(), hash(idx.testImages(), files), hash(idx.testLabels(), files));
        }
        DataSpec.Images images = (DataSpec.Images) data;
        return images.testFolder().isPresent()
                ? List.of("images", hash(images.testFolder().get(), files))
                : List.of("images", hash(images.folder(), files), images.testShare(), seed);
    }

    /** A file goes by its name, or by its path where another has that name. */
    private static String hash(String path, Map<String, String> files) {
        return files.getOrDefault(
                path, files.getOrDefault(String.valueOf(Path.of(path).getFileName()), path));
    }
}
