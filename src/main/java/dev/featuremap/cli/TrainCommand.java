package dev.featuremap.cli;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.report.RunReport;
import dev.featuremap.run.Json;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
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

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Workspace workspace = Workspace.current();
        Experiment experiment = arguments.read(workspace);
        RunDirectory run = runDir == null
                ? RunDirectory.createUnder(workspace.runs(), experiment, Instant.now())
                : RunDirectory.create(runDir);
        RunResult result;
        try (TrainingProgress progress = new TrainingProgress(terminal, experiment, common.quiet)) {
            result = new ExperimentRun(workspace, Mnist.files(workspace, terminal, common.quiet))
                    .run(experiment, run, progress);
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
