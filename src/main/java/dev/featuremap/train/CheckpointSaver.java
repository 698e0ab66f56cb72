package dev.featuremap.train;

import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunHistory;
import dev.featuremap.run.TrainedSteps;
import dev.featuremap.run.TrainingState;
import java.time.Duration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Knows when a run's checkpoints are due, and saves them. */
final class CheckpointSaver implements AutoCloseable {
    private final TrainingSpec.Checkpoint when;
    private final RunDirectory run;
    private final RunHistory history;
    private final TrainedSteps trainedSteps;
    private final long nanosecondsBetween;
    private long last = System.nanoTime();

    CheckpointSaver(TrainingSpec.Checkpoint when, RunDirectory run, RunHistory history) {
        this.when = when;
        this.run = run;
        this.history = history;
        this.trainedSteps = run.checkpoints().trainedSteps();
        this.nanosecondsBetween =
                (long) (when.everyMinutes() * Duration.ofMinutes(1).toNanos());
    }

    /** Notes that one more step was trained. */
    void trained(long steps) {
        trainedSteps.set(steps);
    }

    /** Whether one is due after so many steps; epochs' ends aside. */
    boolean isDue(long steps) {
        return when.everySteps().filter(every -> steps % every == 0).isPresent()
                || System.nanoTime() - last >= nanosecondsBetween;
    }

    boolean isDueAtEpochEnd(long steps) {
        return when.atEpochEnds() || isDue(steps);
    }

    /** Saves one, whether it is due or not. */
    void save(TrainingState state, MultiLayerNetwork network) {
        run.checkpoints().save(state, history, network, run.metrics().content(), when.keepLast());
        last = System.nanoTime();
    }

    @Override
    public void close() {
        trainedSteps.close();
    }
}
