package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A search's folder: {@code tuning.yaml} (what is searched), {@code candidates/NNN.yaml} and {@code candidates/NNN} (each
 * candidate and its run directory), {@code best.yaml} and {@code best-NNN} (the best and its run on all training data),
 * {@code tuning.json} (what came of it).
 */
public record TuningDirectory(Path path) {
    /** The search. */
    public static final String TUNING = "tuning.yaml";

    /** What came of it. */
    public static final String RESULT = "tuning.json";

    public boolean hasResult() {
        return RegularFiles.isFile(path.resolve(RESULT));
    }

    /** Whether it holds a search that has not ended. */
    public boolean isUnfinished() {
        return RegularFiles.isFile(path.resolve(TUNING)) && !hasResult();
    }

    /** The run directory of a candidate. */
    public Path candidate(int index) {
        return candidates().resolve(number(index));
    }

    /** Writes the experiment of a candidate, without what the search sets, beside its run directory. */
    public void writeCandidate(int index, Experiment experiment) {
        try {
            RegularFiles.makeFolder(candidates());
        } catch (IOException e) {
            throw AtomicFiles.unwritable(candidates(), e);
        }
        DirectoryLock.write(candidates().resolve(number(index) + ".yaml"), ExperimentFile.print(experiment));
    }

    /** The run directory of the best candidate, trained on all training data. */
    public Path best(int index) {
        return path.resolve("best-" + number(index));
    }

    /** The file of the best candidate's experiment. */
    public Path bestFile() {
        return path.resolve("best.yaml");
    }

    public void writeBest(Experiment experiment) {
        DirectoryLock.write(bestFile(), ExperimentFile.print(experiment));
    }

    /** Where the search's report goes. */
    public Path reportFile() {
        return path.resolve(RunDirectory.REPORT);
    }

    /**
     * What came of the search.
     *
     * @throws dev.featuremap.Failure (model) when the folder has no such file, or not one of a search
     */
    public TuningResult result() {
        return RunDirectory.read(
                path.resolve(RESULT),
                TuningResult.class,
                "name the folder of a search that a tune command has finished");
    }

    public void write(TuningResult result) {
        DirectoryLock.write(path.resolve(RESULT), Json.write(result));
    }

    private Path candidates() {
        return path.resolve("candidates");
    }

    private static String number(int index) {
        return String.format(Locale.ROOT, "%03d", index);
    }
}
