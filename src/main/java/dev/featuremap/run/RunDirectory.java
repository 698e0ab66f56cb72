package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.network.SavedNetwork;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** One run's folder: made fresh, never overwritten; every final file in it is whole or not there. */
public final class RunDirectory {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path path;
    private final MetricsLog metrics;

    private RunDirectory(Path path) {
        this.path = path;
        this.metrics = new MetricsLog(path.resolve("metrics.csv"));
    }

    /**
     * Makes exactly this folder.
     *
     * @throws Failure (environment) when it exists, its parent does not, or it cannot be written
     */
    public static RunDirectory create(Path exact) {
        try {
            Files.createDirectory(exact);
        } catch (FileAlreadyExistsException e) {
            throw Failure.environment(
                    "run directory " + exact + " is already there",
                    "a run is never overwritten: name another folder with --run-dir, or remove this one",
                    e);
        } catch (IOException e) {
            throw Failure.environment(
                    "cannot make run directory " + exact + ": " + AtomicFiles.reason(e),
                    "make the folder above it, mend its permissions, or name another place with --run-dir",
                    e);
        }
        return new RunDirectory(exact);
    }

    /** Makes {@code <UTC time>-<name>-<seed>} under {@code runs}, with {@code -2}, {@code -3} … where that is taken. */
    public static RunDirectory createUnder(Path runs, Experiment experiment, Instant now) {
        String name = UTC.format(now) + "-" + experiment.name() + "-" + experiment.seed();
        try {
            Files.createDirectories(runs);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(runs, e);
        }
        for (int attempt = 1; ; attempt++) {
            Path candidate = runs.resolve(attempt == 1 ? name : name + "-" + attempt);
            if (!Files.exists(candidate)) {
                try {
                    return create(candidate);
                } catch (Failure e) {
                    if (!(e.getCause() instanceof FileAlreadyExistsException)) {
                        throw e;
                    }
                }
            }
        }
    }

    /**
     * Opens the folder of a run that has ended.
     *
     * @throws Failure (usage) when it is not a run directory
     */
    public static RunDirectory open(Path path) {
        for (String needed : List.of("experiment.yaml", "result.json", "model.zip")) {
            if (!Files.isRegularFile(path.resolve(needed))) {
                throw Failure.usage(
                        path + " is not the directory of a finished run: it has no " + needed,
                        "name a folder under runs/ that a train command has finished");
            }
        }
        return new RunDirectory(path);
    }

    public Path path() {
        return path;
    }

    public MetricsLog metrics() {
        return metrics;
    }

    /** Where Logback writes this run's log. */
    public Path logFile() {
        return path.resolve("log.txt");
    }

    /** The resolved configuration: training it again repeats the run. */
    public void writeExperiment(Experiment experiment) {
        AtomicFiles.write(path.resolve("experiment.yaml"), ExperimentFile.print(experiment));
    }

    public Experiment experiment() {
        return ExperimentFile.read(path.resolve("experiment.yaml"), List.of());
    }

    public void writeNetwork(MultiLayerConfiguration configuration) {
        SavedNetwork.write(configuration, path.resolve("network.json"));
    }

    public void writeModel(MultiLayerNetwork network) {
        ModelArchive.write(network, path.resolve("model.zip"));
    }

    public MultiLayerNetwork model() {
        return ModelArchive.read(path.resolve("model.zip"));
    }

    public void writeProvenance(Provenance provenance) {
        AtomicFiles.write(path.resolve("provenance.json"), Json.write(provenance));
    }

    public void writeResult(RunResult result) {
        AtomicFiles.write(path.resolve("result.json"), Json.write(result));
    }

    /**
     * What came of the run.
     *
     * @throws Failure (usage) when {@code result.json} is not one
     */
    public RunResult result() {
        Path file = path.resolve("result.json");
        try {
            return Json.read(file, RunResult.class);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    file + " cannot be read: "
                            + AtomicFiles.reason(e).lines().findFirst().orElse(""),
                    "name the directory of a run that has ended",
                    e);
        }
    }
}
