package dev.featuremap.train;

import dev.featuremap.data.FetchProgress;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Workspace;
import java.nio.file.Path;
import java.util.List;

/** Small runs for tests: letters drawn from the seed, a network of seconds. */
final class Runs {
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

    static Experiment small(String... overrides) {
        return ExperimentFile.parse(SMALL, "small.yaml", List.of(overrides));
    }

    static RunResult train(Experiment experiment, Path runDirectory) {
        return train(experiment, runDirectory, TrainingWatcher.NONE);
    }

    static RunResult train(Experiment experiment, Path runDirectory, TrainingWatcher watcher) {
        Workspace workspace = new Workspace(runDirectory.getParent());
        return new ExperimentRun(
                        workspace,
                        new MnistFiles(
                                workspace.mnist(), List.of(), dev.featuremap.data.MnistFile.ALL, FetchProgress.SILENT))
                .run(experiment, RunDirectory.create(runDirectory), watcher);
    }
}
