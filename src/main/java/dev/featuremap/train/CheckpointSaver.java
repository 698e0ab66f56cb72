package dev.featuremap.train;

import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.run.Checkpoint;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunHistory;
import dev.featuremap.run.TrainedSteps;
import dev.featuremap.run.TrainingState;
import java.time.Duration;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Knows when a run's checkpoints are due, and saves them and the epochs' weights. */
final class CheckpointSaver implements AutoCloseable {
    private final TrainingSpec.Checkpoint when;
    private final RunDirectory run;
    private final RunHistory history;
    private final TrainedSteps trainedSteps;
    private final long nanosecondsBetween;
    private long last = System.nanoTime();
    private long steps;
    /** How many steps were trained when the last was saved, or training began. */
    private long saved;

    /** @param steps trained before */
    CheckpointSaver(
            TrainingSpec.Checkpoint when, RunDirectory run, RunHistory history, long steps, long stepsPerEpoch) {
        this.steps = steps;
        this.saved = steps;
        this.when = when;
        this.run = run;
        this.history = history;
        this.trainedSteps = run.checkpoints().trainedSteps(stepsPerEpoch);
        this.nanosecondsBetween =
                (long) (when.everyMinutes() * Duration.ofMinutes(1).toNanos());
    }

    /** Notes how many steps are trained. */
    void trained(long now) {
        steps = now;
        trainedSteps.set(now);
    }

    /** Whether one is due; epochs' ends aside. */
    boolean isDue() {
        return when.everySteps().filter(every -> steps / every > saved / every).isPresent()
                || System.nanoTime() - last >= nanosecondsBetween;
    }

    boolean isDueAtEpochEnd() {
        return when.atEpochEnds() || isDue();
    }

    /** Saves one, whether it is due or not. */
    void save(TrainingState state, Checkpoint.Networks networks) {
        run.checkpoints().save(state, history, networks, run.metrics().rows(), when.keepLast());
        last = System.nanoTime();
        saved = steps;
    }

    /** Keeps the network's weights at an epoch's end, where the run is to keep each epoch's. */
    void keepEpoch(int epoch, Supplier<MultiLayerNetwork> network) {
        if (when.keepEpochs()) {
            run.epochs().keep(epoch, network.get());
        }
    }

    @Override
    public void close() {
        trainedSteps.close();
    }
}
