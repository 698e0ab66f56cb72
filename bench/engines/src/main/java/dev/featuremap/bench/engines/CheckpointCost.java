package dev.featuremap.bench.engines;

import dev.featuremap.Logging;
import dev.featuremap.UserPath;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.TrainingWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a checkpoint every so many steps costs, within one run: the time of the {@value #WINDOW} steps that begin with one, less that
 * of as many right before it. So near each other, because a machine's speed drifts by more than a checkpoint costs; so many, because
 * what follows a checkpoint may be slower, too.
 */
public final class CheckpointCost implements TrainingWatcher {
    private static final int WINDOW = 20;

    private final int every;
    private final List<Double> milliseconds = new ArrayList<>();
    private final List<Double> windows = new ArrayList<>();
    /** When the window before the checkpoint began, and when it ended; 0 when there is none. */
    private long began;

    private long saved;

    private CheckpointCost(int every) {
        this.every = every;
    }

    /** @param arguments the experiment's file, the steps between two checkpoints, epochs */
    public static void main(String[] arguments) throws IOException {
        Logging.configure();
        Workspace workspace = Workspace.current();
        CheckpointCost cost = new CheckpointCost(Integer.parseInt(arguments[1]));
        Experiment experiment = ExperimentFile.read(
                UserPath.find(arguments[0]),
                List.of(
                        "training.epochs=" + arguments[2],
                        "training.checkpoint={everySteps: " + cost.every
                                + ", atEpochEnds: false, everyMinutes: 100000}"));
        Path folder = Files.createDirectories(workspace.home().resolve("bench/target/checkpoints"));
        Path directory = folder.resolve(Long.toString(ProcessHandle.current().pid()));
        new ExperimentRun(workspace, DataFolder.in(workspace.data()))
                .run(experiment, RunDirectory.create(directory), cost);
        Folders.delete(directory);
        cost.print();
    }

    /** Told after each step, before its checkpoint is saved. */
    @Override
    public void stepped(int epoch, int step, int stepsPerEpoch, double loss) {
        long now = System.nanoTime();
        long steps = (epoch - 1L) * stepsPerEpoch + step;
        if (step == 1) {
            began = 0; // the scoring at the epoch's end lies between
            saved = 0;
        }
        if ((steps + WINDOW) % every == 0) {
            began = now;
        } else if (steps % every == 0) {
            saved = now;
        } else if (steps % every == WINDOW && began > 0 && saved > 0) {
            windows.add((saved - began) / 1e6);
            milliseconds.add(((now - saved) - (saved - began)) / 1e6);
        }
    }

    private void print() {
        double stretch = median(windows) * every / WINDOW;
        System.out.printf(
                Locale.ROOT,
                "%d steps take %.0f ms without a checkpoint; one takes %.1f ms more, the median of %d (quartiles %.1f and %.1f; the first %.0f):"
                        + " %.2f %%%n",
                every,
                stretch,
                median(milliseconds),
                milliseconds.size(),
                quantile(milliseconds, 0.25),
                quantile(milliseconds, 0.75),
                milliseconds.get(0),
                100 * median(milliseconds) / stretch);
    }

    private static double median(List<Double> values) {
        return quantile(values, 0.5);
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
}
