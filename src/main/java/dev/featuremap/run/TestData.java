package dev.featuremap.run;

import dev.featuremap.Sha256;
import dev.featuremap.experiment.Experiment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/**
 * Which examples a run is tested on: two runs with the same answer meet the same pictures with the same labels, so that their
 * scores differ only by what was trained. How pixels are prepared (size, scaling, inversion) is the network's side of it.
 */
public final class TestData {
    private TestData() {}

    /** That of a run that has ended; empty where it does not tell its data's files. */
    public static Optional<String> sha256(RunDirectory run) {
        return run.provenance().map(made -> sha256(run.experiment(), made.dataSha256()));
    }

    /** Whether two runs are tested on the same examples, as far as known: null is not known. */
    public static boolean areSame(String one, String other) {
        return one == null || other == null || one.equals(other);
    }

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
