package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.Disk;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Small runs for tests: letters drawn from the seed, a network of seconds. */
public final class Runs {
    private static final String SMALL = """
            name: small
            seed: 7
            data:
              source: xo
              size: 9
              trainExamples: 200
              testExamples: 60
              deform: {shift: 1, rotation: 15, scale: 0.2, noise: 0.2, missing: 0.1}
            network:
              layers:
                - {type: convolution, filters: 4, kernel: 3, activation: relu}
                - {type: subsampling, size: 2}
                - {type: dropout, rate: 0.2}
                - {type: output, units: 2}
            training:
              epochs: 2
              batchSize: 32
              updater: {type: adam, learningRate: 0.01}
            """;

    private Runs() {}

    public static Experiment small(String... overrides) {
        return ExperimentFile.parse(SMALL, "small.yaml", List.of(overrides));
    }

    public static RunResult train(Experiment experiment, Path runDirectory) {
        return train(experiment, runDirectory, TrainingWatcher.NONE);
    }

    public static RunResult train(Experiment experiment, Path runDirectory, TrainingWatcher watcher) {
        return runs(runDirectory, new StopRequest()).run(experiment, RunDirectory.create(runDirectory), watcher);
    }

    /** Trains with the checkpoints on a disk of the test's. */
    static RunResult trainOn(Disk disk, Experiment experiment, Path runDirectory) {
        return runs(runDirectory, new StopRequest())
                .run(experiment, RunDirectory.create(runDirectory).on(disk), TrainingWatcher.NONE);
    }

    static RunResult resume(Path runDirectory) {
        return resume(runDirectory, TrainingWatcher.NONE);
    }

    static RunResult resume(Path runDirectory, TrainingWatcher watcher, String... overrides) {
        return runs(runDirectory, new StopRequest())
                .resume(RunDirectory.openBegun(runDirectory), List.of(overrides), watcher);
    }

    /** What a killed process leaves: nothing is done after this step (0: before the first), not even for the step itself. */
    static void trainUntilKilled(Experiment experiment, Path runDirectory, int step) {
        assertThatThrownBy(() -> train(experiment, runDirectory, new AtStep(step, () -> {
                    throw new Killed();
                })))
                .isInstanceOf(Killed.class);
    }

    /** What stopping from the keyboard leaves. */
    static Failure trainUntilStopped(Experiment experiment, Path runDirectory, int step) {
        StopRequest stop = new StopRequest();
        TrainingWatcher stopper = new AtStep(step, () -> stop.request(Failure.Kind.INTERRUPTED));
        return catchThrowableOfType(
                Failure.class,
                () -> runs(runDirectory, stop).run(experiment, RunDirectory.create(runDirectory), stopper));
    }

    static Failure resumeUntilStopped(Path runDirectory, int step) {
        StopRequest stop = new StopRequest();
        TrainingWatcher stopper = new AtStep(step, () -> stop.request(Failure.Kind.INTERRUPTED));
        return catchThrowableOfType(
                Failure.class,
                () -> runs(runDirectory, stop).resume(RunDirectory.openBegun(runDirectory), List.of(), stopper));
    }

    /** Like the death of the process: whatever would tidy up after a failure does not know it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Does something after a step, counted from the run's start; 0: when the engine is chosen. */
    private static final class AtStep implements TrainingWatcher {
        private final long step;
        private final Runnable action;
        private long steps;

        AtStep(long step, Runnable action) {
            this.step = step;
            this.action = action;
        }

        @Override
        public void resumed(int epoch, long trained, long lostSteps) {
            steps = trained;
        }

        @Override
        public void engineChosen(String name, Optional<String> whyNotFaster) {
            if (step == 0) {
                action.run();
            }
        }

        @Override
        public void stepped(int epoch, int stepOfEpoch, int stepsPerEpoch, double loss) {
            steps++;
            if (steps == step) {
                action.run();
            }
        }
    }

    /** The rows of {@code metrics.csv} without seconds and examples per second, which no two runs share. */
    static List<String> metricsWithoutTimes(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(row -> row.replaceAll(",[^,]*,[^,]*$", ""))
                .toList();
    }

    /** {@code result.json} without speed and place. */
    static String resultWithoutTimes(Path run) throws IOException {
        return Files.readString(run.resolve("result.json"))
                .replaceAll("\"(seconds|examples_per_second|run_dir)\" : [^\\n]*", "");
    }

    public static ExperimentRun runs(Path runDirectory, StopRequest stop) {
        Workspace workspace = new Workspace(runDirectory.getParent());
        DataFolder none = DataFolder.withoutFetching(workspace.data());
        return new ExperimentRun(workspace, none, stop);
    }
}
