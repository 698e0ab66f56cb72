package dev.featuremap.examples;

import dev.featuremap.Logging;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.TrainingWatcher;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Trains the network saved in {@code conf/network/xo-cnn.json} as the experiment {@code xo-cnn} says, for three epochs. */
public final class RunSavedConfiguration {
    private RunSavedConfiguration() {}

    public static void main(String[] args) {
        Logging.configure();
        Experiment experiment = ExperimentFile.read(
                Path.of("conf/experiment/xo-cnn.yaml"),
                List.of("network={saved: conf/network/xo-cnn.json}", "training.epochs=3"));

        Workspace workspace = Workspace.current();
        RunDirectory run = RunDirectory.createUnder(workspace.runs(), experiment, Instant.now());
        RunResult result = new ExperimentRun(workspace, DataFolder.in(workspace.data()))
                .run(experiment, run, TrainingWatcher.NONE);

        System.out.printf("test accuracy %.2f %%%n", 100 * result.test().accuracy());
        System.out.println("model and metrics: " + result.runDir());
    }
}
