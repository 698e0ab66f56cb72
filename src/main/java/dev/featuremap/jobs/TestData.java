package dev.featuremap.jobs;

import dev.featuremap.Sha256;
import dev.featuremap.experiment.Experiment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * Which examples a run is tested on: two runs with the same answer meet the same pictures with the same labels, so that their
 * scores differ only by what was trained. How pixels are prepared (size, scaling, inversion) is the network's side of it.
 */
final class TestData {
    private TestData() {}

    /**
     * A SHA-256 over all that decides it.
     *
     * @param files SHA-256 of the data's files as the run's provenance has them
     */
    static String sha256(Experiment experiment, Map<String, String> files) {
        MessageDigest digest = Sha256.digest();
        for (Object part : experiment.data().testedOn(experiment.seed(), files)) {
            digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Sha256.hex(digest);
    }
}
