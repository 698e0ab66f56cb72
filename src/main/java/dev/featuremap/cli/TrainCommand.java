package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.jobs.Cluster;
import dev.featuremap.report.RunReport;
import dev.featuremap.run.Hint;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import dev.featuremap.ui.UiServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code featuremap train}: one experiment, trained and evaluated into a fresh run directory, or a stopped run gone on with. */
@Command(
        name = "train",
        description = {
            "Train and evaluate an experiment.",
            "Ctrl-C ends it with everything saved; --resume goes on, to the same bits as without a stop."
        })
final class TrainCommand implements Runnable {
    private final Terminal terminal;
    private final Interruption interruption;

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
            names = "--resume",
            paramLabel = "RUN",
            converter = RunConverter.class,
            description = {
                "go on with this run from its newest checkpoint; of its experiment, training.epochs and",
                "training.checkpoint may change; a run by " + RunConverter.WAYS
            })
    private Path resume;

    @Option(
            names = "--spark",
            paramLabel = "MASTER",
            description = {
                "train with the workers of Apache Spark together: local[2] (cores of this machine),",
                "spark://HOST:PORT ...; training.spark says how"
            })
    private String master;

    @Option(
            names = "--live",
            description = "print the address of a page that shows this training as it goes, for as long as it does")
    private boolean live;

    TrainCommand(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public void run() {
        Workspace workspace = Workspace.current();
        DataFolder data = WorkspaceData.in(workspace, common.progress(terminal));
        RunResult result = master == null
                ? train(workspace, new ExperimentRun(workspace, data, interruption.stop()), UnaryOperator.identity())
                : trainOnCluster(workspace, data);
        if (common.json) {
            terminal.json(
                    result); // After the report: the one object that is printed says that all went well, or what did
            // not.
        }
    }

    private RunResult trainOnCluster(Workspace workspace, DataFolder data) {
        try (Cluster cluster = Cluster.connector().connect(master, 1, workspace, data)) {
            return train(
                    workspace,
                    new ExperimentRun(workspace, cluster.trainingSite(), interruption.stop()),
                    cluster::settled);
        }
    }

    /** @param settled the experiment with what only its machines decide in it */
    private RunResult train(Workspace workspace, ExperimentRun runs, UnaryOperator<Experiment> settled) {
        return resume == null ? begin(workspace, runs, settled.apply(arguments.read())) : goOn(workspace, runs);
    }

    private RunResult begin(Workspace workspace, ExperimentRun runs, Experiment experiment) {
        RunDirectory run = runDir == null
                ? RunDirectory.createUnder(workspace.runs(), experiment, Instant.now())
                : RunDirectory.create(runDir);
        try (UiServer server = server(workspace, run);
                TrainingProgress progress = progress(server, run)) {
            return runs.run(experiment, run, progress);
        }
    }

    /** The server that shows the run; null where none was asked for. */
    private UiServer server(Workspace workspace, RunDirectory run) {
        return live ? UiServer.start(path(run).getParent(), workspace, UiServer.Settings.LOCAL) : null;
    }

    private static Path path(RunDirectory run) {
        return run.path().toAbsolutePath().normalize();
    }

    private RunResult goOn(Workspace workspace, ExperimentRun runs) {
        if (runDir != null) {
            throw Failure.usage(
                    "--run-dir " + runDir + " and --resume " + resume + " are both given",
                    "leave --run-dir away: a run goes on in its own directory");
        }
        List<String> overrides = arguments.overridesOf(resume);
        RunDirectory run = RunDirectory.openBegun(resume);
        try (UiServer server = server(workspace, run);
                TrainingProgress progress = progress(server, run)) {
            return runs.resume(run, overrides, progress);
        }
    }

    /** @param server that shows the run; null for none */
    private TrainingProgress progress(UiServer server, RunDirectory run) {
        return new TrainingProgress(common.progress(terminal)) {
            @Override
            public void began(Experiment begun) {
                super.began(begun);
                if (server != null) {
                    terminal.tell(
                            "watch it at %s%n",
                            server.address(path(run).getFileName().toString()));
                }
            }

            @Override
            public void ended(RunDirectory run) {
                if (!common.json) {
                    RunText.print(terminal, run.result(), Hint.of(run.result(), run.metricsRows()));
                }
                ReportCommand.writeLast(run.path(), () -> RunReport.write(run));
            }
        };
    }
}
