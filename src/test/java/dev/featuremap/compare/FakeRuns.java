package dev.featuremap.compare;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;

/** Makes run directories with made-up scores, at once: NaN diverges, a missing one fails. */
final class FakeRuns implements RunMaker {
    /** The names of the runs made, such as {@code mse/seed-1}. */
    final ConcurrentLinkedQueue<String> made = new ConcurrentLinkedQueue<>();

    private final ToDoubleFunction<PlannedRun> accuracy;

    FakeRuns(ToDoubleFunction<PlannedRun> accuracy) {
        this.accuracy = accuracy;
    }

    /** Accuracies by the runs' names; runs that are not among them fail. */
    static FakeRuns of(Map<String, Double> accuracies) {
        return new FakeRuns(run -> {
            Double accuracy = accuracies.get(name(run));
            if (accuracy == null) {
                throw Failure.data("no data for " + name(run), "none");
            }
            return accuracy;
        });
    }

    static String name(PlannedRun run) {
        return name(run.folder());
    }

    private static String name(Path folder) {
        return folder.getParent().getFileName() + "/" + folder.getFileName();
    }

    @Override
    public void make(Experiment experiment, Path folder) {
        PlannedRun planned = new PlannedRun("any", experiment, folder);
        made.add(name(planned));
        RunDirectory run = RunDirectory.create(planned.folder());
        run.writeExperiment(planned.experiment());
        double reached = accuracy.applyAsDouble(planned);
        boolean diverged = Double.isNaN(reached);
        Scores scores = diverged ? null : Outcomes.scores(reached);
        if (!diverged) {
            writeModel(planned.folder().resolve("model.zip"));
        }
        run.writeResult(new RunResult(
                planned.experiment().name(),
                planned.experiment().seed(),
                diverged ? RunStatus.DIVERGED : RunStatus.DONE,
                new DataShape(1, 9, 9, List.of("X", "O")),
                planned.experiment().training().epochs(),
                10,
                null,
                RunResult.chosenBy(planned.experiment().training()),
                planned.isTrial() ? scores : null,
                planned.isTrial() ? null : scores,
                new RunResult.Training("nd4j", "f32", 1, 1),
                diverged ? null : "0".repeat(64),
                planned.folder().toString()));
        if (diverged) {
            throw new Failure(Failure.Kind.DIVERGED, "training diverged: the loss is NaN at step 3", "lower the rate");
        }
    }

    private static void writeModel(Path file) {
        try {
            Files.writeString(file, "made up");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
