package dev.featuremap.tune;

import dev.featuremap.Failure;
import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.UpdaterSpec;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.run.EpochScores;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;

/**
 * Makes run directories with made-up accuracies, the same after each epoch, at once; NaN diverges, a negative one fails, one above
 * 1 is of values that are all the same. Each took a second and a half.
 */
final class FakeCandidates implements RunMaker {
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final int STEPS_PER_EPOCH = 5;

    /** The runs made, in their order. */
    final ConcurrentLinkedQueue<PlannedRun> made = new ConcurrentLinkedQueue<>();

    private final ToDoubleFunction<Experiment> accuracy;

    FakeCandidates(ToDoubleFunction<Experiment> accuracy) {
        this.accuracy = accuracy;
    }

    /** The nearer the learning rate is to 0.01, the better. */
    static double byLearningRate(Experiment experiment) {
        UpdaterSpec.Adam adam =
                (UpdaterSpec.Adam) experiment.training().updater().orElseThrow();
        return 1 / (1 + Math.abs(Math.log10(adam.learningRate().initial()) + 2));
    }

    @Override
    public void make(Experiment experiment, Path folder) {
        PlannedRun planned = new PlannedRun("any", experiment, folder);
        made.add(planned);
        double reached = accuracy.applyAsDouble(planned.experiment());
        if (reached < 0) {
            throw Failure.usage("layer 0: a kernel of 9x9 is larger than its input", "make it smaller");
        }
        boolean diverged = Double.isNaN(reached);
        RunDirectory run = RunDirectory.create(planned.folder());
        run.writeExperiment(planned.experiment());
        boolean unexplained = reached > 1;
        double error = unexplained ? 0.5 : 1 - reached;
        Scores scores =
                diverged ? null : new Scores(100, error, unexplained ? null : reached, error, error, null, null, null);
        int epochs = experiment.training().epochs();
        double speed = STEPS_PER_EPOCH * experiment.training().batchSize();
        if (!diverged) {
            writeModel(planned.folder().resolve("model.zip"));
            for (int epoch = 1; epoch <= epochs; epoch++) {
                EpochScores ended = new EpochScores(scores, planned.isTrial() ? Split.VALIDATION : Split.TEST, scores);
                run.metrics().addEpoch(epoch, epoch * (long) STEPS_PER_EPOCH, ended, 1, speed);
            }
            run.writeProvenance(Provenance.of(
                    folder,
                    new Backend("CPU", "linux-x86_64", true, 1),
                    new TreeMap<>(),
                    experiment.seed(),
                    "f32",
                    START,
                    START.plusMillis(1500)));
        }
        run.writeResult(new RunResult(
                planned.experiment().name(),
                planned.experiment().seed(),
                diverged ? RunStatus.DIVERGED : RunStatus.DONE,
                new DataShape(1, 9, 9, unexplained ? List.of() : List.of("X", "O")),
                epochs,
                epochs * (long) STEPS_PER_EPOCH,
                planned.experiment().training().keepBest() ? (Integer) 1 : null,
                RunResult.chosenBy(planned.experiment().training()),
                planned.isTrial() ? scores : null,
                planned.isTrial() ? null : scores,
                new RunResult.Training("nd4j", "f32", epochs, speed),
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
