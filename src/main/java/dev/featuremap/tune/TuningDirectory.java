package dev.featuremap.tune;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.Json;
import dev.featuremap.run.OwnedDirectory;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A search's folder: {@code tuning.yaml} (what is searched), {@code candidates/NNN.yaml} and {@code candidates/NNN} (each
 * candidate and its run directory), {@code best.yaml} and {@code best-NNN} (the best and its run on all training data),
 * {@code tuning.json} (what came of it).
 *
 * <p>It belongs to one search for ever, and to one process at a time; only how long the search goes on may change.
 */
public final class TuningDirectory implements AutoCloseable {
    private static final String TUNING = "tuning.yaml";

    private final OwnedDirectory directory;

    private TuningDirectory(OwnedDirectory directory) {
        this.directory = directory;
    }

    /**
     * Makes the folder, or opens it again where it holds this very search.
     *
     * @throws Failure (usage) with what differs when it holds another search, (environment) when it holds something else,
     *     cannot be written, or is in use
     */
    public static TuningDirectory open(Path path, Tuning tuning) {
        OwnedDirectory.Owner owner = new OwnedDirectory.Owner(
                "search",
                "tune.name",
                Map.of(TUNING, TuningFile.print(tuning)),
                line -> line.startsWith("candidates: ") || line.startsWith("minutes: "),
                (name, text) -> TuningFile.print(TuningFile.parse(text, name)));
        TuningDirectory directory = new TuningDirectory(OwnedDirectory.open(path, owner));
        try {
            if (!RegularFiles.isFolder(directory.candidates())) {
                Files.createDirectory(directory.candidates());
            }
            return directory;
        } catch (IOException e) {
            directory.close();
            throw AtomicFiles.unwritable(directory.candidates(), e);
        } catch (Failure e) {
            directory.close();
            throw e;
        }
    }

    public Path path() {
        return directory.path();
    }

    /** The run directory of a candidate. */
    Path candidate(int index) {
        return candidates().resolve(number(index));
    }

    /** Writes the experiment of a candidate, without what the search sets. */
    Path writeCandidate(int index, Experiment experiment) {
        return write(candidates().resolve(number(index) + ".yaml"), experiment);
    }

    /** The experiment of a candidate, without what the search sets. */
    Experiment readCandidate(int index) {
        Path file = candidates().resolve(number(index) + ".yaml");
        RegularFiles.isFile(file);
        return ExperimentFile.read(file, List.of());
    }

    /** The run directory of the best candidate, trained on all training data. */
    Path best(int index) {
        return path().resolve("best-" + number(index));
    }

    /** The file of the best candidate's experiment. */
    Path bestFile() {
        return path().resolve("best.yaml");
    }

    Path writeBest(Experiment experiment) {
        return write(bestFile(), experiment);
    }

    void write(TuningResult result) {
        DirectoryLock.write(path().resolve("tuning.json"), Json.write(result));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(candidates());
        } catch (DirectoryNotEmptyException begun) {
            // Its candidates stay.
        } catch (IOException e) {
            throw AtomicFiles.unwritable(candidates(), e);
        } finally {
            directory.close();
        }
    }

    private Path candidates() {
        return path().resolve("candidates");
    }

    private static Path write(Path file, Experiment experiment) {
        DirectoryLock.write(file, ExperimentFile.print(experiment));
        return file;
    }

    private static String number(int index) {
        return String.format(Locale.ROOT, "%03d", index);
    }
}
