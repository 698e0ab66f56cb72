package own;

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

/** Trains an experiment file as {@code featuremap train} does, into a run directory of this project. */
public final class TrainExperiment {
    private TrainExperiment() {}

    public static void main(String[] args) {
        Experiment experiment = ExperimentFile.read(Path.of("letters.yaml"), List.of("training.epochs=5"));
        Workspace workspace = new Workspace(Path.of("target"));
        RunDirectory run = RunDirectory.createUnder(workspace.runs(), experiment, Instant.now());
        RunResult result = new ExperimentRun(workspace, DataFolder.in(workspace.data()))
                .run(experiment, run, TrainingWatcher.NONE);
        System.out.printf("test accuracy %.4f, in %s%n", result.test().accuracy(), result.runDir());
    }
}
