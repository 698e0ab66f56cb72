package dev.featuremap.cli;

import dev.featuremap.data.MnistFiles;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.report.RunReport;
import dev.featuremap.run.Json;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.Cluster;
import dev.featuremap.train.Clusters;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.train.Stop;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code featuremap train}: one experiment, trained and evaluated into a fresh run directory. */
@Command(name = "train", description = "Train and evaluate an experiment.")
final class TrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ExperimentArguments arguments;

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            description = "the folder to create for this run; default: runs/<UTC time>-<name>-<seed>")
    private Path runDir;

    @Option(
            names = "--spark",
            paramLabel = "MASTER",
            description = {
                "train with the workers of Apache Spark together: local[2] (cores of this machine),",
                "spark://HOST:PORT ...; training.spark says how"
            })
    private String master;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.current();
        Experiment experiment = arguments.read(workspace);
        MnistFiles mnist = Mnist.files(workspace, terminal, common.quiet);
        if (master == null) {
            return train(experiment, workspace, new ExperimentRun(workspace, mnist));
        }
        try (Cluster cluster = Clusters.connector().connect(master, 1, workspace, mnist)) {
            Experiment settled = cluster.settled(experiment);
            return train(settled, workspace, new ExperimentRun(workspace, cluster.trainingSite(), new Stop()));
        }
    }

    private int train(Experiment experiment, Workspace workspace, ExperimentRun experiments) {
        RunDirectory run = runDir == null
                ? RunDirectory.createUnder(workspace.runs(), experiment, Instant.now())
                : RunDirectory.create(runDir);
        RunResult result;
        try (TrainingProgress progress = new TrainingProgress(terminal, experiment, common.quiet)) {
            result = experiments.run(experiment, run, progress);
        }
        RunReport.write(run);
        if (common.json) {
            terminal.print("%s", Json.write(result));
        } else {
            RunText.print(terminal, result);
        }
        return 0;
    }
}
