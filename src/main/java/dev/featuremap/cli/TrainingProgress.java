package dev.featuremap.cli;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.run.EpochScores;
import dev.featuremap.train.TrainingWatcher;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * Training as it is watched: a line per epoch and, within a long one, a moving bar where a person looks on, else a line a minute.
 */
class TrainingProgress implements TrainingWatcher, AutoCloseable {
    private static final long MINUTE = 60_000_000_000L;

    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private Experiment experiment;
    private ProgressBar bar;
    private int epoch;
    private int firstStep;
    private long start;
    private long told;

    TrainingProgress(Terminal terminal) {
        this(terminal, System::nanoTime);
    }

    /** @param nanoTime a clock in nanoseconds, of which only differences count */
    TrainingProgress(Terminal terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    @Override
    public void began(Experiment begun) {
        experiment = begun;
    }

    @Override
    public void resumed(int epoch, long step, long lostSteps) {
        terminal.tell(
                "resumed after step %d, in epoch %d; %s%n",
                step,
                epoch,
                lostSteps == 0
                        ? "no step was lost"
                        : lostSteps == 1
                                ? "1 step was lost and is trained again"
                                : lostSteps + " steps were lost and are trained again");
    }

    @Override
    public void dataOpened(int trainExamples, int validationExamples) {
        TrainingSpec training = experiment.training();
        RunText.labelNoise(experiment.data()).ifPresent(noise -> terminal.tell("%s%n", noise));
        if (validationExamples == 0) {
            terminal.tell("the test data are only watched while training: nothing is chosen by them%n");
            return;
        }
        terminal.tell(
                "%d of %d training examples are held out for validation (training.%s)%s; %s%n",
                validationExamples,
                trainExamples + validationExamples,
                training.validation().orElseThrow(),
                training.watchers().map(names -> " for training." + names).orElse(""),
                training.measureTest()
                        ? "the test data are measured once, at the end"
                        : "the test data are not looked at");
    }

    @Override
    public void engineChosen(String name, Optional<String> whyNotFaster) {
        whyNotFaster.ifPresent(why -> terminal.tell("engine %s, because %s%n", name, why));
    }

    @Override
    public void noted(String line) {
        terminal.tell("%s%n", line);
    }

    @Override
    public void stepped(int epoch, int step, int stepsPerEpoch, double loss) {
        if (!terminal.isInteractive()) {
            tellEachMinute(epoch, step, stepsPerEpoch, loss);
            return;
        }
        if (bar == null) {
            bar = bar(epoch, (long) stepsPerEpoch * experiment.training().batchSize());
        }
        bar.setExtraMessage(String.format(Locale.ROOT, "loss %.4f", loss));
        bar.stepTo((long) step * experiment.training().batchSize());
    }

    /** The first step of an epoch that is seen starts the clock: speed and time left are those since then. */
    private void tellEachMinute(int epoch, int step, int stepsPerEpoch, double loss) {
        long now = nanoTime.getAsLong();
        if (this.epoch != epoch) {
            this.epoch = epoch;
            firstStep = step;
            start = now;
            told = now;
        } else if (now - told >= MINUTE) {
            told = now;
            double stepsPerSecond = (step - firstStep) / ((now - start) / 1e9);
            terminal.tell(
                    "epoch %d/%d  step %d/%d  loss %.4f  %.0f examples/s  %.0f min of this epoch left%n",
                    epoch,
                    experiment.training().epochs(),
                    step,
                    stepsPerEpoch,
                    loss,
                    stepsPerSecond * experiment.training().batchSize(),
                    Math.ceil((stepsPerEpoch - step) / stepsPerSecond / 60));
        }
    }

    @Override
    public void epochEnded(int epoch, EpochScores scores, double seconds, double examplesPerSecond) {
        close();
        terminal.tell(
                "epoch %d/%d  train: %s  %s: %s  %.0f examples/s%n",
                epoch,
                experiment.training().epochs(),
                RunText.line(scores.train()),
                scores.split().word(),
                RunText.line(scores.watched()),
                examplesPerSecond);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private ProgressBar bar(int epoch, long examples) {
        return new ProgressBarBuilder()
                .setTaskName("epoch " + epoch + "/" + experiment.training().epochs())
                .setInitialMax(examples)
                .setRenderer(new EpochBar())
                // A full last column would begin another line.
                .setConsumer(new ConsoleProgressBarConsumer(
                        terminal.err(), terminal.screen().columns() - 1))
                .clearDisplayOnFinish()
                .build();
    }
}
