package dev.featuremap.run;

import dev.featuremap.RegularFiles;
import dev.featuremap.network.ModelArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * One checkpoint's folder, {@code step-N}: {@code model.zip}, where that holds averaged weights {@code unaveraged.zip} with those
 * that are trained, {@code metrics.csv} and, written last, {@code state.json}. One that has its final name is whole.
 */
public final class Checkpoint {
    static final String NAME = "step-";

    private static final String STATE = "state.json";
    private static final String MODEL = RunDirectory.MODEL;
    private static final String UNAVERAGED = "unaveraged.zip";
    private static final String METRICS = RunDirectory.METRICS;

    private final Path folder;
    private final CheckpointState state;

    private Checkpoint(Path folder, CheckpointState state) {
        this.folder = folder;
        this.state = state;
    }

    /** Writes everything into a fresh folder and forces it to the disk; answers what it wrote, file by file. */
    static List<Disk.Written> write(Path folder, TrainingState training, RunHistory history, Parts parts, Disk disk)
            throws IOException {
        disk.makeFolder(folder);
        List<Disk.Written> written = new ArrayList<>();
        written.add(disk.write(folder.resolve(MODEL), out -> ModelArchive.writeFast(parts.networks.model(), out)));
        if (parts.networks.averaged.isPresent()) {
            written.add(
                    disk.write(folder.resolve(UNAVERAGED), out -> ModelArchive.writeFast(parts.networks.trained, out)));
        }
        written.add(disk.write(folder.resolve(METRICS), out -> {
            if (!parts.metrics.isEmpty()) {
                Csv.write(out, MetricsRow.cells(parts.metrics));
            }
        }));
        SortedMap<String, Disk.Stamp> files = new TreeMap<>();
        written.forEach(file -> files.put(file.file().getFileName().toString(), file.stamp()));
        byte[] json = SealedJson.bytes(new CheckpointState(SealedJson.UNSEALED, training, history, files));
        written.add(disk.write(folder.resolve(STATE), out -> out.write(json)));
        disk.sync(folder);
        return written;
    }

    /** What a checkpoint holds beside its state. */
    record Parts(Networks networks, List<MetricsRow> metrics) {}

    /**
     * What training goes on with, and what it would keep if it ended now.
     *
     * @param averaged the same with the average of its weights, where training keeps one
     */
    public record Networks(MultiLayerNetwork trained, Optional<MultiLayerNetwork> averaged) {
        /** What is kept. */
        public MultiLayerNetwork model() {
            return averaged.orElse(trained);
        }
    }

    /**
     * Opens a checkpoint once every byte of it is known to be what was written.
     *
     * @throws DamagedCheckpointException saying what is not
     */
    static Checkpoint open(Path folder) throws IOException, DamagedCheckpointException {
        Checkpoint checkpoint = openUnchecked(folder);
        checkpoint.requireWritten(MODEL);
        checkpoint.requireWritten(METRICS);
        if (checkpoint.isAveraged()) {
            checkpoint.requireWritten(UNAVERAGED);
        }
        return checkpoint;
    }

    private boolean isAveraged() {
        return state.files().containsKey(UNAVERAGED);
    }

    /** Opens a checkpoint of which the model may be another than was written. */
    static Checkpoint openWithoutModel(Path folder) throws IOException, DamagedCheckpointException {
        Checkpoint checkpoint = openUnchecked(folder);
        checkpoint.requireWritten(METRICS);
        return checkpoint;
    }

    private void requireWritten(String name) throws IOException, DamagedCheckpointException {
        Disk.Stamp expected = state.files().get(name);
        Path file = existing(folder, name);
        if (expected == null || RegularFiles.size(file) != expected.bytes()) {
            throw new DamagedCheckpointException(name + " has " + RegularFiles.size(file) + " bytes, not the "
                    + (expected == null ? "number" : expected.bytes()) + " written");
        }
        if (!Disk.Stamp.of(file).equals(expected)) {
            throw new DamagedCheckpointException(name + " is not what was written: its SHA-256 does not hold");
        }
    }

    /** Opens a checkpoint with nothing but its state checked. */
    static Checkpoint openUnchecked(Path folder) throws IOException, DamagedCheckpointException {
        CheckpointState state = SealedJson.read(existing(folder, STATE), CheckpointState.class);
        if (!folder.getFileName().toString().equals(name(state.training().step()))) {
            throw new DamagedCheckpointException(
                    "it is a checkpoint of step " + state.training().step());
        }
        return new Checkpoint(folder, state);
    }

    private static Path existing(Path folder, String name) throws DamagedCheckpointException {
        Path file = folder.resolve(name);
        if (!RegularFiles.isFolder(folder) || !RegularFiles.isFile(file)) {
            throw new DamagedCheckpointException(name + " is missing");
        }
        return file;
    }

    static String name(long step) {
        return NAME + step;
    }

    public TrainingState training() {
        return state.training();
    }

    public RunHistory history() {
        return state.history();
    }

    public Path folder() {
        return folder;
    }

    /** The network that training goes on with: its parameters, its updater's state and its counts, as they were then. */
    public MultiLayerNetwork network() {
        return isAveraged() ? ModelArchive.read(folder.resolve(UNAVERAGED)) : model();
    }

    /** The same with the average of its weights; empty where none was kept. */
    public Optional<MultiLayerNetwork> averaged() {
        return isAveraged() ? Optional.of(model()) : Optional.empty();
    }

    /** The network that would have been kept then, which may be one with the average of the weights. */
    public MultiLayerNetwork model() {
        return ModelArchive.read(folder.resolve(MODEL));
    }

    /** The metrics as they were then; none before the first epoch's end. */
    List<MetricsRow> metrics() {
        Path file = folder.resolve(METRICS);
        return state.files().get(METRICS).bytes() == 0 ? List.of() : MetricsRow.read(file);
    }
}
