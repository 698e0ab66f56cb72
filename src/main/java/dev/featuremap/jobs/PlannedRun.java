package dev.featuremap.jobs;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec.Fold;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.Json;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.TestData;
import dev.featuremap.run.ToldFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of a comparison or a search. Its folder is a run directory, with {@code failure.json} in it where the run failed or
 * diverged.
 *
 * @param member of the comparison or search whose run it is
 */
public record PlannedRun(String member, Experiment experiment, Path folder) {
    private static final String FAILURE = "failure.json";
    private static final int ATTEMPTS = 150;
    private static final long PAUSE_NANOSECONDS = 100_000_000;

    /** Whether it only tries something out: it is scored on validation data, and never sees the test data. */
    public boolean isTrial() {
        return !experiment.training().measureTest();
    }

    /**
     * What came of the run when it was made before; empty when it was not, or did not come to its end, or failed.
     *
     * @throws Failure (usage) when the folder holds a run of another experiment
     */
    Optional<RunOutcome> ended() {
        Optional<RunDirectory> run = RegularFiles.isFolder(folder) ? RunDirectory.ended(folder) : Optional.empty();
        run.ifPresent(there -> {
            there.requireConsistent();
            if (!there.experiment().equals(experiment)) {
                throw Failure.usage(
                        folder + " holds a run of another experiment than the one asked for",
                        "remove that folder to have the run made again, or name another one with --run-dir");
            }
        });
        return run.map(this::outcome);
    }

    private RunOutcome outcome(RunDirectory run) {
        RunResult result = run.result();
        boolean diverged = result.status() == RunStatus.DIVERGED;
        return new RunOutcome(
                result.seed(),
                fold(),
                result.status(),
                diverged ? failure().map(Failure::getMessage).orElse("training diverged") : null,
                folder.toString(),
                diverged ? null : result.validation(),
                diverged ? null : result.test(),
                TestData.sha256(run).orElse(null));
    }

    /** Which fold the run holds out, from 1; null: none. */
    private Integer fold() {
        return experiment.training().validationFold().map(Fold::fold).orElse(null);
    }

    /** What came of a run that failed before; empty when it did not, or was never made. */
    Optional<RunOutcome> failedBefore() {
        return failure().map(this::outcome);
    }

    /** What came of a run that has just ended in a failure, which is kept in its folder. */
    RunOutcome failed(Failure failure) {
        DirectoryLock.check(folder);
        try {
            RegularFiles.makeFolder(folder);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder, e);
        }
        DirectoryLock.write(folder.resolve(FAILURE), Json.write(ToldFailure.of(failure)));
        return ended().orElseGet(() -> outcome(failure));
    }

    private RunOutcome outcome(Failure failure) {
        return new RunOutcome(
                experiment.seed(), fold(), RunStatus.FAILED, failure.getMessage(), folder.toString(), null, null, null);
    }

    /** Why the run failed or diverged; empty when it did not. */
    public Optional<Failure> failure() {
        Path file = folder.resolve(FAILURE);
        try {
            return RegularFiles.isFolder(folder) && RegularFiles.isFile(file)
                    ? Optional.of(Json.read(file, ToldFailure.class).failure())
                    : Optional.empty();
        } catch (IOException e) {
            throw Failure.environment(
                    file + " cannot be read: " + e.getMessage(), "remove it, and repeat the command", e);
        }
    }

    /** Whether the folder holds this run, stopped on its way after a checkpoint. */
    boolean isResumable() {
        if (RegularFiles.isFolder(folder)) {
            awaitOtherProcess();
        }
        return !RegularFiles.isFile(folder.resolve(FAILURE))
                && RunDirectory.begun(folder)
                        .filter(run -> !run.hasResult()
                                && run.checkpoints().exist()
                                && run.experiment().equals(experiment))
                        .isPresent();
    }

    /** Makes room for the run: what an interrupted or failed one left is removed. */
    void clear() {
        try {
            DirectoryLock.check(folder);
            if (RegularFiles.isFolder(folder)) {
                awaitOtherProcess();
                RegularFiles.delete(folder);
            }
            RegularFiles.makeFolder(folder.getParent());
        } catch (IOException e) {
            throw Failure.environment(
                    "cannot make room for a run in " + folder + ": " + e.getMessage(),
                    "mend the folder's permissions, or name another one with --run-dir",
                    e);
        }
    }

    /** A process that made the run may still be saving it, seconds after the one that started it has died. */
    private void awaitOtherProcess() {
        for (int attempt = 1; ; attempt++) {
            try (DirectoryLock free = DirectoryLock.of(folder)) {
                return;
            } catch (Failure inUse) {
                if (attempt == ATTEMPTS) {
                    throw inUse;
                }
                LockSupport.parkNanos(PAUSE_NANOSECONDS);
            }
        }
    }
}
