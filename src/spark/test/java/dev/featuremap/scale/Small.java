package dev.featuremap.scale;

import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.jobs.Cluster;
import dev.featuremap.jobs.InProcessRunMaker;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.jobs.PlannedRuns;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.StopRequest;
import dev.featuremap.train.TrainingWatcher;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Small runs for tests, here and on Spark: letters drawn from the seed, a network of seconds, one thread. */
final class Small {
    private static final String TEXT = """
            name: small
            seed: 7
            data: {source: xo, trainExamples: 320, testExamples: 60, deform: {shift: 1, rotation: 15, noise: 0.2}}
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

    private final Workspace workspace;

    Small(Path folder) {
        workspace = new Workspace(folder);
    }

    static Experiment experiment(String... overrides) {
        return ExperimentFile.parse(TEXT, "small.yaml", List.of(overrides));
    }

    RunResult trainHere(Experiment experiment, String run) {
        return new ExperimentRun(workspace, noMnist())
                .run(experiment, RunDirectory.create(folder(run)), TrainingWatcher.NONE);
    }

    /** Trains with as many workers as the experiment says, or else as the master has room for. */
    RunResult train(String master, Experiment experiment, String run) {
        return train(master, experiment, run, TrainingWatcher.NONE);
    }

    RunResult train(String master, Experiment experiment, String run, TrainingWatcher watcher) {
        try (Cluster cluster = connect(master)) {
            return new ExperimentRun(workspace, cluster.trainingSite(), new StopRequest())
                    .run(cluster.settled(experiment), RunDirectory.create(folder(run)), watcher);
        }
    }

    RunResult resume(String master, String run, String... overrides) {
        try (Cluster cluster = connect(master)) {
            return new ExperimentRun(workspace, cluster.trainingSite(), new StopRequest())
                    .resume(RunDirectory.openBegun(folder(run)), List.of(overrides), TrainingWatcher.NONE);
        }
    }

    Cluster connect(String master) {
        return new SparkConnector().connect(master, 1, workspace, noMnist());
    }

    RunMaker here() {
        return new InProcessRunMaker(new ExperimentRun(workspace, noMnist()));
    }

    /** The outcomes of runs with seeds from 1 on, made in a folder. */
    List<RunOutcome> make(RunMaker maker, int seeds, String folder, PlannedRuns.Watcher watcher, String... overrides) {
        List<PlannedRun> planned = LongStream.rangeClosed(1, seeds)
                .mapToObj(seed -> {
                    String[] all = Arrays.copyOf(overrides, overrides.length + 1);
                    all[overrides.length] = "seed=" + seed;
                    return new PlannedRun(
                            "small", experiment(all), folder(folder).resolve("seed-" + seed));
                })
                .toList();
        return new PlannedRuns(maker, seeds, watcher).make(planned);
    }

    Path folder(String run) {
        return workspace.home().resolve(run);
    }

    private DataFolder noMnist() {
        return DataFolder.withoutFetching(workspace.data());
    }
}
