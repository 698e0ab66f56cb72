package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.network.ModelArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's {@code checkpoints}: {@code step-N} folders, {@code latest} and {@code best}, which name one of them, and
 * {@code trained}, the steps so far.
 *
 * <p>A folder gets its name once all of it is on the disk, so whenever the process dies, the folders with such names are whole;
 * what they hold is checked against its SHA-256 before it is used. Older ones go only when a newer one has been read back.
 */
public final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private static final String LATEST = "latest";
    private static final String BEST = "best";
    private static final String TRAINED = "trained";
    private static final String TEMPORARY = ".tmp";
    private static final String DAMAGED = ".damaged";
    private static final int LONGEST_POINTER = 100;

    private final Path folder;
    private final Disk disk;

    Checkpoints(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /**
     * Saves a checkpoint; where one of this step is there already, that one stays.
     *
     * @param metrics until now
     * @param keep how many to keep, the latest; those of best epochs that they name stay too
     * @throws Failure (environment) when the disk does not take it; the checkpoints before it are then as they were
     * @throws dev.featuremap.network.NotFiniteException when the network holds a NaN; then too
     */
    public void save(
            TrainingState training,
            RunHistory history,
            Checkpoint.Networks networks,
            List<MetricsRow> metrics,
            int keep) {
        Path place = place(training.step());
        try {
            if (RegularFiles.isFolder(place)) {
                return;
            }
            ModelArchive.requireFinite(networks.trained());
            ModelArchive.requireFinite(networks.model());
            Path temporary = folder.resolve(place.getFileName() + TEMPORARY);
            if (RegularFiles.exists(temporary)) {
                disk.delete(temporary);
            }
            List<Disk.Written> written =
                    Checkpoint.write(temporary, training, history, new Checkpoint.Parts(networks, metrics), disk);
            disk.rename(temporary, place);
            disk.sync(folder);
            point(LATEST, training.step());
            if (training.kept() != null) {
                point(BEST, training.kept().step());
            }
            verify(written, place);
            deleteAllBut(keep);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(place, e);
        }
    }

    private void point(String pointer, long step) throws IOException {
        byte[] name = (Checkpoint.name(step) + "\n").getBytes(StandardCharsets.US_ASCII);
        Path file = folder.resolve(pointer);
        if (!RegularFiles.isFile(file) || !Arrays.equals(RegularFiles.read(file, LONGEST_POINTER), name)) {
            disk.replace(file, name);
        }
    }

    /** Reads back what was written. */
    private static void verify(List<Disk.Written> written, Path place) throws IOException {
        for (Disk.Written file : written) {
            Path found = place.resolve(file.file().getFileName());
            if (!file.isIn(found)) {
                throw Failure.environment(
                        found + ": what the disk gives back is not what was written to it",
                        "this disk or memory cannot be relied on: go on from an earlier checkpoint on another one",
                        null);
            }
        }
    }

    /** A checkpoint is renamed before its files go, so that no half of one ever looks like one. */
    private void deleteAllBut(int keep) throws IOException {
        List<Long> steps = steps();
        Set<Long> needed = new HashSet<>(steps.subList(0, Math.min(keep, steps.size())));
        for (long step : List.copyOf(needed)) {
            try {
                TrainingState.Kept kept =
                        Checkpoint.openUnchecked(place(step)).training().kept();
                if (kept != null) {
                    needed.add(kept.step());
                }
            } catch (DamagedCheckpointException e) {
                LOG.warn("{} is damaged: {}", place(step), e.getMessage());
            }
        }
        for (long step : steps) {
            if (!needed.contains(step)) {
                Path old = folder.resolve(Checkpoint.name(step) + TEMPORARY);
                disk.rename(place(step), old);
                disk.delete(old);
            }
        }
    }

    /**
     * The newest checkpoint that is what was written; a damaged one is named in a warning and moved aside. Empty when none was
     * saved yet.
     *
     * @throws Failure (model) when there are some and all are damaged
     */
    public Optional<Checkpoint> newest() {
        List<String> damages = new ArrayList<>();
        try {
            for (long step : steps()) {
                Path place = place(step);
                try {
                    Checkpoint newest = Checkpoint.open(place);
                    damages.forEach(damage -> LOG.warn("a damaged checkpoint in {} is not used: {}", folder, damage));
                    tellOfPointer(newest);
                    return Optional.of(newest);
                } catch (DamagedCheckpointException e) {
                    damages.add(place.getFileName() + ": " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw RunDirectory.unreadable(folder, AtomicFiles.reason(e), e);
        }
        if (damages.isEmpty()) {
            return Optional.empty();
        }
        throw Failure.model(
                folder + ": no checkpoint is whole: " + String.join("; ", damages),
                "restore the folder from a copy, or train again from the start: featuremap train "
                        + folder.resolveSibling(RunDirectory.EXPERIMENT));
    }

    /** The sound checkpoints that were saved at epochs' ends, the oldest first. */
    public List<Checkpoint> atEpochEnds() {
        List<Checkpoint> sound = new ArrayList<>();
        try {
            for (long step : steps()) {
                try {
                    Checkpoint checkpoint = Checkpoint.open(place(step));
                    if (checkpoint.training().nextBatch() == 0) {
                        sound.add(0, checkpoint);
                    }
                } catch (DamagedCheckpointException e) {
                    LOG.debug("{} is not looked at: {}", place(step), e.getMessage());
                }
            }
        } catch (IOException e) {
            throw RunDirectory.unreadable(folder, AtomicFiles.reason(e), e);
        }
        return sound;
    }

    /** The newest checkpoint of which all but the model is known to be what was written. */
    Optional<Checkpoint> newestWithoutModel() {
        try {
            for (long step : steps()) {
                try {
                    return Optional.of(Checkpoint.openWithoutModel(place(step)));
                } catch (DamagedCheckpointException | NoSuchFileException e) {
                    LOG.debug("{} is not looked at: {}", place(step), e.getMessage());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw RunDirectory.unreadable(folder, AtomicFiles.reason(e), e);
        }
    }

    private void tellOfPointer(Checkpoint newest) throws IOException {
        Path pointer = folder.resolve(LATEST);
        String named = RegularFiles.isFile(pointer)
                ? new String(RegularFiles.read(pointer, LONGEST_POINTER), StandardCharsets.ISO_8859_1).strip()
                : "missing";
        if (!named.equals(newest.folder().getFileName().toString())) {
            LOG.info("{} is {}; the newest whole checkpoint is {}", pointer, named, newest.folder());
        }
    }

    /** The step of the newest, be it sound or not; empty when none was saved yet. */
    public OptionalLong newestStep() {
        try {
            return steps().stream().mapToLong(step -> step).findFirst();
        } catch (IOException e) {
            throw RunDirectory.unreadable(folder, AtomicFiles.reason(e), e);
        }
    }

    /** Whether any was saved. */
    public boolean exist() {
        try {
            return !steps().isEmpty();
        } catch (IOException e) {
            throw RunDirectory.unreadable(folder, AtomicFiles.reason(e), e);
        }
    }

    /** The checkpoint of a step. */
    public Checkpoint at(long step) {
        Path place = place(step);
        try {
            return Checkpoint.open(place);
        } catch (DamagedCheckpointException | IOException e) {
            throw new Failure(
                    Failure.Kind.MODEL,
                    place + ", which holds the best epoch's model, is damaged: " + e.getMessage(),
                    "train again, or take the last epoch's model with training.keepBest=false",
                    e);
        }
    }

    /**
     * Readies the folder for a run to begin or go on: leftovers of writes and deletions that did not end are removed, and
     * damaged checkpoints newer than the one that is gone on from get out of the way.
     *
     * @param step the checkpoint's, or 0
     */
    public void open(long step) {
        try {
            if (!RegularFiles.isFolder(folder)) {
                disk.makeFolder(folder);
            }
            for (Path path : RegularFiles.list(folder)) {
                if (path.getFileName().toString().endsWith(TEMPORARY)) {
                    disk.delete(path);
                }
            }
            for (long newer : steps()) {
                if (newer > step) {
                    Path aside = folder.resolve(Checkpoint.name(newer) + DAMAGED);
                    if (RegularFiles.exists(aside)) {
                        disk.delete(aside);
                    }
                    disk.rename(place(newer), aside);
                }
            }
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder, e);
        }
    }

    /** The count of trained steps, which is written without waiting for the disk at each. */
    public TrainedSteps trainedSteps(long stepsPerEpoch) {
        return TrainedSteps.open(folder.resolve(TRAINED), stepsPerEpoch);
    }

    /** How many steps an epoch of the run has; 0 where that is not known. */
    public long stepsPerEpoch() {
        return TrainedSteps.readStepsPerEpoch(folder.resolve(TRAINED));
    }

    /** Steps that were trained, as far as known: more than the newest checkpoint's when the process died after it. */
    public long lastTrainedStep() {
        return TrainedSteps.read(folder.resolve(TRAINED));
    }

    private Path place(long step) {
        return folder.resolve(Checkpoint.name(step));
    }

    /** The steps of the checkpoints that are there, the newest first. */
    private List<Long> steps() throws IOException {
        if (!RegularFiles.isFolder(folder)) {
            return List.of();
        }
        return RegularFiles.list(folder).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.matches(Checkpoint.NAME + "(0|[1-9]\\d{0,17})"))
                .map(name -> Long.valueOf(name.substring(Checkpoint.NAME.length())))
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
