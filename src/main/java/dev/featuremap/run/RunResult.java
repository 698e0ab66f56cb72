package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.experiment.DataShape;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * {@code result.json}: what came of a run. Absent for a run that did not end: {@code test} and {@code parameters_sha256}.
 *
 * @param status {@code done}, {@code stopped early} or {@code diverged}
 * @param data the shape of the pictures and the class names
 * @param epochs trained to their end
 * @param steps batches trained
 * @param bestEpoch the epoch {@code model.zip} holds when the best was kept, else null
 * @param test scores of {@code model.zip} on the test split
 * @param parametersSha256 of the network's parameters, see {@code ModelArchive.parametersSha256}
 * @param runDir the run directory
 */
@JsonInclude(Include.NON_NULL)
public record RunResult(
        String name,
        long seed,
        String status,
        DataShape data,
        int epochs,
        long steps,
        Integer bestEpoch,
        Scores test,
        Training training,
        String parametersSha256,
        String runDir) {
    /** The status of a run that went through all its epochs. */
    public static final String DONE = "done";

    /** The status of a run that {@code training.earlyStopping} ended. */
    public static final String STOPPED_EARLY = "stopped early";

    /** The status of a run that {@code training.abandon} ended. */
    public static final String ABANDONED = "abandoned";

    /** The status of a run that came to a loss that is no number. */
    public static final String DIVERGED = "diverged";

    public RunResult {
        Stream.of(name, status, data, training, runDir).forEach(Objects::requireNonNull);
        if (test != null && test.confusion() != null && test.confusion().size() != data.outputs()) {
            throw new IllegalArgumentException("scores of " + test.confusion().size() + " classes, but the data has "
                    + data.classNames().size());
        }
    }

    /** The same for a run whose directory is in another place now. */
    public RunResult movedTo(Path directory) {
        return new RunResult(
                name,
                seed,
                status,
                data,
                epochs,
                steps,
                bestEpoch,
                test,
                training,
                parametersSha256,
                directory.toString());
    }

    /**
     * How fast it went.
     *
     * @param engine what stepped the network: {@code nd4j} or {@code onednn}
     * @param seconds spent training, evaluation left out
     * @param examplesPerSecond trained per second
     */
    public record Training(String engine, double seconds, double examplesPerSecond) {
        public Training {
            Objects.requireNonNull(engine);
        }
    }
}
