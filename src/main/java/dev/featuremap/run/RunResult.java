package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Split;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * {@code result.json}: what came of a run. Absent for a run without a model: {@code validation}, {@code test} and
 * {@code parameters_sha256}.
 *
 * @param data the shape of the pictures and the class names
 * @param epochs trained to their end
 * @param steps batches trained
 * @param bestEpoch the epoch {@code model.zip} holds when the best was kept, else null
 * @param chosenBy what training chose ({@code best_epoch}, {@code last_epoch}), and by which split; null when nothing was
 * @param validation scores of {@code model.zip} on the validation split; null where nothing was held out
 * @param test scores of {@code model.zip} on the test split; null where {@code training.measureTest} is off
 * @param parametersSha256 of the network's parameters, see {@code ModelArchive.parametersSha256}
 * @param runDir the run directory
 */
@JsonInclude(Include.NON_NULL)
public record RunResult(
        String name,
        long seed,
        RunStatus status,
        DataShape data,
        int epochs,
        long steps,
        Integer bestEpoch,
        SortedMap<String, String> chosenBy,
        Scores validation,
        Scores test,
        Training training,
        String parametersSha256,
        String runDir) {
    public RunResult {
        Stream.of(name, status, data, training, runDir).forEach(Objects::requireNonNull);
        Stream.of(Optional.ofNullable(validation), Optional.ofNullable(test))
                .flatMap(Optional::stream)
                .filter(scores ->
                        scores.confusion() != null && scores.confusion().size() != data.outputs())
                .forEach(scores -> {
                    throw new IllegalArgumentException("scores of "
                            + scores.confusion().size() + " classes, but the data has "
                            + data.classNames().size());
                });
    }

    /** The split that tells how good {@code model.zip} is: test, or where that was not measured validation. */
    public Split scoredSplit() {
        return test == null && validation != null ? Split.VALIDATION : Split.TEST;
    }

    /** Scores of {@code model.zip} on the split that tells how good it is; null for a run without a model. */
    public Scores scores() {
        return scoredSplit() == Split.TEST ? test : validation;
    }

    /** The same with scores on the test split. */
    public RunResult withTest(Scores measured) {
        return with(measured, runDir);
    }

    /** The same for a run whose directory is in another place now. */
    public RunResult movedTo(Path directory) {
        return with(test, directory.toString());
    }

    private RunResult with(Scores itsTest, String itsDirectory) {
        return new RunResult(
                name,
                seed,
                status,
                data,
                epochs,
                steps,
                bestEpoch,
                chosenBy,
                validation,
                itsTest,
                training,
                parametersSha256,
                itsDirectory);
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
