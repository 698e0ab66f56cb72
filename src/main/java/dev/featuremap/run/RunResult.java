package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.Sha256;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    /** The ends that a run with a model comes to. */
    private static final Set<RunStatus> ENDS = EnumSet.of(RunStatus.DONE, RunStatus.STOPPED_EARLY, RunStatus.ABANDONED);
    /** A thousand years. */
    private static final double MOST_SECONDS = 3.2e10;

    public RunResult {
        Stream.of(name, status, data, training, runDir).forEach(Objects::requireNonNull);
        for (Scores scores :
                Stream.of(validation, test).filter(Objects::nonNull).toList()) {
            if (scores.classes() != null && !scores.classNames().equals(data.classNames())) {
                throw new IllegalArgumentException(
                        "scores of the classes " + scores.classNames() + ", but the data has " + data.classNames());
            }
        }
        checkCounts(epochs, steps, bestEpoch);
        boolean hasModel = parametersSha256 != null;
        boolean ended = ENDS.contains(status);
        if ((ended && !hasModel) || (status == RunStatus.DIVERGED && hasModel && bestEpoch == null)) {
            throw new IllegalArgumentException("a run that is " + status.word() + " has "
                    + (hasModel ? "no model where the best is not kept" : "a model, and so a parameters_sha256"));
        }
        if (ended && test == null && validation == null) {
            throw new IllegalArgumentException("a run that is " + status.word() + " has scores");
        }
        if (hasModel && !Sha256.isHex(parametersSha256)) {
            throw new IllegalArgumentException("parameters_sha256 is no SHA-256");
        }
    }

    private static void checkCounts(int epochs, long steps, Integer bestEpoch) {
        if (epochs < 0 || steps < epochs) {
            throw new IllegalArgumentException(steps + " steps of " + epochs + " epochs");
        }
        if (bestEpoch != null && (bestEpoch < 1 || bestEpoch > epochs)) {
            throw new IllegalArgumentException("best_epoch is " + bestEpoch + " of " + epochs);
        }
    }

    /** What a training chooses, and by which split; null when nothing is chosen. */
    public static SortedMap<String, String> chosenBy(TrainingSpec training) {
        SortedMap<String, String> chosen = new TreeMap<>();
        if (training.keepBest()) {
            chosen.put("best_epoch", Split.VALIDATION.word());
        }
        if (training.earlyStopping().isPresent() || training.abandon().isPresent()) {
            chosen.put("last_epoch", Split.VALIDATION.word());
        }
        return chosen.isEmpty() ? null : chosen;
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
     * @param precision of its products: {@code f32} or {@code bf16}; runs of earlier versions do not name it and had f32
     * @param seconds spent training, evaluation left out
     * @param examplesPerSecond trained per second
     */
    public record Training(String engine, String precision, double seconds, double examplesPerSecond) {
        public Training {
            RunHistory.checkEngine(engine);
            precision = RunHistory.checkedPrecision(precision);
            if (!(seconds >= 0 && seconds < MOST_SECONDS) || !(examplesPerSecond >= 0)) {
                throw new IllegalArgumentException(
                        "a training of " + seconds + " s with " + examplesPerSecond + " examples per second");
            }
        }
    }
}
