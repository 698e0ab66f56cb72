package dev.featuremap.run;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run without a result: one that a process is training, or that was stopped before its end.
 *
 * @param data the shape of the pictures and the class names
 * @param owner the process that trains it; empty when none does
 */
public record PartialRun(RunDirectory run, DataShape data, Optional<String> owner) {
    /** Empty when the run has a result, or was stopped before its data were known. */
    static Optional<PartialRun> of(RunDirectory run) {
        if (run.hasResult()) {
            return Optional.empty();
        }
        Optional<String> owner = DirectoryLock.owner(run.path());
        return run.modelInput().map(input -> new PartialRun(run, input.data(), owner));
    }

    /** Why there is no result, such as {@code process 7 is training it}. */
    public String why() {
        return owner.map(pid -> "process " + pid + " is training it").orElse("it was stopped before its end");
    }

    /** What there is so far: the epochs that {@code metrics.csv} tells of, and no scores of a model. */
    public RunResult result() {
        Experiment experiment = run.experiment();
        List<MetricsRow> epochs =
                run.metricsRows().stream().filter(MetricsRow::isTrain).toList();
        return new RunResult(
                experiment.name(),
                experiment.seed(),
                RunStatus.withoutResult(owner.isPresent()),
                data,
                epochs.size(),
                Math.max(
                        run.checkpoints().lastTrainedStep(),
                        epochs.stream().mapToLong(MetricsRow::step).max().orElse(0)),
                null,
                null,
                null,
                null,
                new RunResult.Training(
                        experiment.training().engine().name().toLowerCase(Locale.ROOT),
                        experiment.training().precision().word(),
                        epochs.stream().mapToDouble(MetricsRow::seconds).sum(),
                        epochs.stream()
                                .mapToDouble(MetricsRow::examplesPerSecond)
                                .average()
                                .orElse(0)),
                null,
                run.path().toString());
    }

    /**
     * The newest sound checkpoint.
     *
     * @throws Failure (usage) when none was saved yet, (model) when all are damaged
     */
    public Checkpoint checkpoint() {
        return run.checkpoints()
                .newest()
                .orElseThrow(() -> Failure.usage(
                        run.path() + " holds no model yet: " + why() + ", and no checkpoint was saved",
                        owner.isPresent()
                                ? "wait until its first epoch has ended"
                                : "go on with: featuremap train --resume " + run.path()));
    }
}
