package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.network.SavedNetwork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.slf4j.LoggerFactory;

/** One run's folder: made fresh, never overwritten; every final file in it is whole or not there. */
public final class RunDirectory {
    /** A run's, a comparison's or a search's report. */
    static final String REPORT = "report.html";

    /** The resolved configuration. */
    public static final String EXPERIMENT = "experiment.yaml";

    /** What came of the run; where it is, nothing is missing. */
    public static final String RESULT = "result.json";

    static final String METRICS = "metrics.csv";
    static final String STEPS = "steps.csv";
    static final String MODEL = "model.zip";
    private static final String NETWORK = "network.json";

    /** What made the run. */
    public static final String PROVENANCE = "provenance.json";

    static final String PREDICTIONS = "predictions.csv";
    static final String MISTAKES = "mistakes.json";
    static final String INPUT = "input.json";
    static final String AUGMENTED = "augmented.png";
    private static final int MOST_AUGMENTED_BYTES = 1 << 24;
    private static final String ENDED = "take another copy of the run, or train it again";

    private final Path path;
    private final MetricsLog metrics;
    private final StepLog steps;

    private final Checkpoints checkpoints;
    private final KeptEpochs epochs;

    private RunDirectory(Path path) {
        this(path, Disk.PLAIN);
    }

    private RunDirectory(Path path, Disk disk) {
        this.path = RegularFiles.named(path);
        this.metrics = new MetricsLog(this.path.resolve(METRICS));
        this.steps = new StepLog(this.path.resolve(STEPS));
        this.checkpoints = new Checkpoints(this.path.resolve("checkpoints"), disk.permitting(DirectoryLock::check));
        this.epochs = new KeptEpochs(this.path.resolve("epochs"));
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
            String owner = DirectoryLock.owner(exact)
                    .map(pid -> " and in use by process " + pid)
                    .orElse("");
            throw Failure.environment(
                    "run directory " + exact + " is already there" + owner,
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
        String name = Workspace.timestamp(now) + "-" + experiment.name() + "-" + experiment.seed();
        try {
            Files.createDirectories(runs);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(runs, e);
        }
        for (int attempt = 1; ; attempt++) {
            Path candidate = runs.resolve(attempt == 1 ? name : name + "-" + attempt);
            if (!RegularFiles.exists(candidate)) {
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
     * Opens the folder of a run that has ended with a model.
     *
     * @throws Failure (usage) when it is not one
     */
    public static RunDirectory open(Path path) {
        RunDirectory run = openEnded(path);
        if (!run.hasModel()) {
            boolean diverged = run.result().status() == RunStatus.DIVERGED;
            throw Failure.usage(
                    path + (diverged ? " holds a run that diverged" : " is not whole") + ": it has no " + MODEL,
                    diverged
                            ? "featuremap report shows how it went; train again with a lower training.updater.learningRate"
                            : ENDED);
        }
        return run;
    }

    /**
     * Opens the folder of a run that has ended, well or not: one that diverged has no model.
     *
     * @throws Failure (usage) when it is not a run directory
     */
    public static RunDirectory openEnded(Path path) {
        RunDirectory run = openBegun(path);
        if (!run.hasResult()) {
            throw unfinished(path);
        }
        return run;
    }

    private static Failure unfinished(Path path) {
        return DirectoryLock.owner(path)
                .map(pid -> Failure.usage(
                        path + " holds a run that process " + pid + " is training: it has no result.json yet",
                        "wait until it has ended"))
                .orElseGet(() -> Failure.usage(
                        path + " holds a run that was stopped before its end: it has no result.json",
                        "go on with: featuremap train --resume " + path));
    }

    /** Opens the folder of a run that came to its end, a diverged one's too; empty when it did not, or there is none. */
    public static Optional<RunDirectory> ended(Path path) {
        return begun(path).filter(RunDirectory::hasResult);
    }

    /** Opens the folder of a run that has begun, whether it has ended or not; empty when there is none. */
    public static Optional<RunDirectory> begun(Path path) {
        return RegularFiles.isFile(path.resolve(EXPERIMENT)) ? Optional.of(new RunDirectory(path)) : Optional.empty();
    }

    /**
     * Opens the folder of a run that has begun, whether it has ended or not.
     *
     * @throws Failure (usage) when it is not a run directory, or was stopped before anything was known of its run
     */
    public static RunDirectory openBegun(Path path) {
        return begun(path).orElseThrow(() -> {
            List<RunDirectory> inside = within(path);
            return Failure.usage(
                    path + " is not a run's directory: it has no " + EXPERIMENT,
                    inside.isEmpty()
                            ? "name a folder under runs/, or train anew where the run was stopped before it began"
                            : "name one of the runs in it, such as "
                                    + inside.get(0).path());
        });
    }

    /** The runs in the folder of a comparison ({@code MEMBER/seed-N}) or a search ({@code candidates/NNN}, {@code best-NNN}). */
    public static List<RunDirectory> within(Path folder) {
        List<RunDirectory> runs = new ArrayList<>();
        try {
            for (Path part : RegularFiles.folders(RegularFiles.named(folder))) {
                Optional<RunDirectory> itself = begun(part);
                itself.ifPresent(runs::add);
                for (Path run : itself.isPresent() ? List.<Path>of() : RegularFiles.folders(part)) {
                    begun(run).ifPresent(runs::add);
                }
            }
        } catch (IOException e) {
            throw unreadable(folder, AtomicFiles.reason(e), e);
        }
        return runs;
    }

    /** The same directory, its checkpoints on another disk. */
    public RunDirectory on(Disk disk) {
        return new RunDirectory(path, disk);
    }

    /**
     * Makes sure that the run's files do not contradict each other.
     *
     * @throws Failure (model) naming two that do, with what each says
     */
    public void requireConsistent() {
        new RunConsistency(this).require();
    }

    /** Whether the run came to an end, well or not. */
    public boolean hasResult() {
        return RegularFiles.isFile(path.resolve(RESULT));
    }

    /** What there is of a run that has no result; empty when it has one, or was stopped before its data were known. */
    public Optional<PartialRun> partial() {
        return PartialRun.of(this);
    }

    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /** The weights of each epoch, where the run keeps them. */
    public KeptEpochs epochs() {
        return epochs;
    }

    /**
     * Goes back to where a checkpoint was saved, or to the start: later rows of {@code metrics.csv} and {@code steps.csv}, later epochs'
     * weights, files whose writing did not end, what asked for the end, and checkpoints that cannot be used are out of the way then.
     */
    public void goBackTo(Optional<Checkpoint> checkpoint) {
        try {
            for (Path file : RegularFiles.list(path)) {
                if (file.getFileName().toString().endsWith(".tmp")) {
                    DirectoryLock.check(file);
                    RegularFiles.delete(file);
                }
            }
            epochs.goBackTo(
                    checkpoint.map(there -> there.training().epoch() - 1).orElse(0));
        } catch (IOException e) {
            throw AtomicFiles.unwritable(path, e);
        }
        checkpoints.open(checkpoint.map(there -> there.training().step()).orElse(0L));
        metrics.restore(checkpoint.map(Checkpoint::metrics).orElse(List.of()));
        steps.restore(checkpoint.map(there -> there.training().step()).orElse(0L));
        stop().remove();
    }

    /** Removes the folder of a fresh run that failed before its first step, unless another process has put its own there. */
    public void removeUnlessTrained() {
        if (!DirectoryLock.isStillThere(path)
                || hasResult()
                || checkpoints.exist()
                || checkpoints.lastTrainedStep() > 0) {
            return;
        }
        try {
            Disk.PLAIN.delete(path);
        } catch (IOException e) {
            LoggerFactory.getLogger(RunDirectory.class).warn("{} is left behind: {}", path, AtomicFiles.reason(e));
        }
    }

    public Path path() {
        return path;
    }

    public MetricsLog metrics() {
        return metrics;
    }

    /** The training step by step. */
    public StepLog steps() {
        return steps;
    }

    /** What asks the process that trains this run to end with everything saved. */
    public StopFile stop() {
        return new StopFile(path);
    }

    /** Whether the end was asked for; it is forgotten then. */
    public boolean isAskedToStop() {
        boolean isAsked = stop().isThere();
        stop().remove();
        return isAsked;
    }

    /** Where Logback writes this run's log. */
    public Path logFile() {
        return path.resolve("log.txt");
    }

    /** The resolved configuration: training it again repeats the run. */
    public void writeExperiment(Experiment experiment) {
        DirectoryLock.write(path.resolve(EXPERIMENT), ExperimentFile.print(experiment));
    }

    public Experiment experiment() {
        return changed(List.of()).recorded();
    }

    /** The run's experiment, and the same with {@code key=value} in the place of what it has. */
    public ExperimentFile.Changed changed(List<String> overrides) {
        Path file = path.resolve(EXPERIMENT);
        RegularFiles.isFile(file);
        return ExperimentFile.change(file, overrides);
    }

    public void writeNetwork(MultiLayerConfiguration configuration) {
        DirectoryLock.write(path.resolve(NETWORK), SavedNetwork.json(configuration) + "\n");
    }

    /** The network's configuration as it was trained. */
    public MultiLayerConfiguration network() {
        return SavedNetwork.read(path.resolve(NETWORK));
    }

    public void writeModel(MultiLayerNetwork network) {
        DirectoryLock.write(path.resolve(MODEL), out -> ModelArchive.write(network, out));
    }

    /**
     * The network as it was trained.
     *
     * @throws Failure (model) when {@code model.zip} is refused, or holds other parameters than {@code result.json} tells of
     */
    public MultiLayerNetwork model() {
        return model(result().parametersSha256());
    }

    /**
     * The network in {@code model.zip} while there is no result yet.
     *
     * @param expected SHA-256 of its parameters
     * @throws Failure (model) when it is refused, or has other parameters
     */
    public MultiLayerNetwork model(String expected) {
        Path file = path.resolve(MODEL);
        MultiLayerNetwork network = ModelArchive.read(file);
        String found = ModelArchive.parametersSha256(network);
        if (!found.equals(expected)) {
            throw Failure.model(
                    file + ": its parameters' SHA-256 is " + found + ", that in result.json is " + expected,
                    "use the model.zip and result.json of one and the same run");
        }
        Path described = path.resolve(NETWORK);
        if (RegularFiles.isFile(described) && !SavedNetwork.isSame(network(), network.getLayerWiseConfigurations())) {
            throw Failure.model(
                    described + " is not the network that " + file + " holds",
                    "use the network.json and model.zip of one and the same run");
        }
        return network;
    }

    /** Takes back what says that the run has ended: it is gone on with. */
    public void removeResult() {
        // The result first: without it, nobody takes the others for its.
        DirectoryLock.delete(path, List.of(RESULT, PROVENANCE, PREDICTIONS, MISTAKES, AUGMENTED));
    }

    public void writeProvenance(Provenance provenance) {
        DirectoryLock.write(path.resolve(PROVENANCE), Json.write(provenance));
    }

    public void writeResult(RunResult result) {
        DirectoryLock.write(path.resolve(RESULT), Json.write(result));
    }

    /**
     * What came of the run.
     *
     * @throws Failure (model) when {@code result.json} is not one
     */
    public RunResult result() {
        return read(RESULT, RunResult.class);
    }

    /** Empty for a run that was stopped before its end. */
    public Optional<Provenance> provenance() {
        return readIfThere(PROVENANCE, Provenance.class);
    }

    /** The scores of each epoch, those of the training split before those of the test split; empty before the first. */
    public List<MetricsRow> metricsRows() {
        Path file = path.resolve(METRICS);
        return RegularFiles.isFile(file) ? MetricsRow.read(file) : List.of();
    }

    /** The steps of the training, as far as they have a row; empty for a run of a version that wrote none. */
    public List<StepRow> stepRows() {
        Path file = path.resolve(STEPS);
        return RegularFiles.isFile(file) ? StepRow.read(file) : List.of();
    }

    /** Those of later steps than one. */
    public List<StepRow> stepRowsAfter(long step) {
        Path file = path.resolve(STEPS);
        return RegularFiles.isFile(file) ? StepRow.readAfter(file, step) : List.of();
    }

    public void writePredictions(Predictions predictions) {
        predictions.write(path.resolve(PREDICTIONS));
    }

    /** What {@code model.zip} answered to the test split; empty for a run without a model. */
    public Optional<Predictions> predictions() {
        Path file = path.resolve(PREDICTIONS);
        return RegularFiles.isFile(file) ? Optional.of(Predictions.read(file)) : Optional.empty();
    }

    public void writeMistakes(Mistakes mistakes) {
        DirectoryLock.write(path.resolve(MISTAKES), Json.write(mistakes));
    }

    public Optional<Mistakes> mistakes() {
        return readIfThere(MISTAKES, Mistakes.class);
    }

    /** Writes training examples as they are, in the upper row, and below as epochs varied them. */
    public void writeAugmented(BufferedImage strip) {
        DirectoryLock.write(path.resolve(AUGMENTED), out -> ImageIO.write(strip, "png", out));
    }

    /** The bytes of that picture; empty for a run that varied nothing. */
    public Optional<byte[]> augmented() {
        Path file = path.resolve(AUGMENTED);
        if (!RegularFiles.isFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RegularFiles.read(file, MOST_AUGMENTED_BYTES));
        } catch (IOException e) {
            throw new Failure(Failure.Kind.MODEL, file + ": cannot be read: " + AtomicFiles.reason(e), ENDED, e);
        }
    }

    public void writeModelInput(ModelInput input) {
        DirectoryLock.write(path.resolve(INPUT), Json.write(input));
    }

    /** How a picture is made into what {@code model.zip} takes; empty for a run of a version that did not write it. */
    public Optional<ModelInput> modelInput() {
        return readIfThere(INPUT, ModelInput.class);
    }

    public boolean hasModel() {
        return RegularFiles.isFile(path.resolve(MODEL));
    }

    /** Where the page to play with the run's network goes. */
    public Path playFile() {
        return path.resolve("play.html");
    }

    /** Where the run's report goes. */
    public Path reportFile() {
        return path.resolve(REPORT);
    }

    private <T> Optional<T> readIfThere(String name, Class<T> type) {
        return RegularFiles.isFile(path.resolve(name)) ? Optional.of(read(name, type)) : Optional.empty();
    }

    private <T> T read(String name, Class<T> type) {
        return read(path.resolve(name), type, ENDED);
    }

    /** A record as its file has it, or the failure to show for one that is not what it should be. */
    static <T> T read(Path file, Class<T> type, String remedy) {
        try {
            return Json.read(file, type);
        } catch (IOException e) {
            throw unreadable(file, AtomicFiles.reason(e), remedy, e);
        }
    }

    /** The failure to show for a file of a run that is not what it should be. */
    static Failure unreadable(Path file, String reason, Exception e) {
        return unreadable(file, reason, ENDED, e);
    }

    private static Failure unreadable(Path file, String reason, String remedy, Exception e) {
        return new Failure(
                Failure.Kind.MODEL,
                file + " cannot be read: " + reason.lines().findFirst().orElse(""),
                remedy,
                e);
    }
}
