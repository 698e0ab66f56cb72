package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.bench.Throughput;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code featuremap bench}: how fast each engine trains an experiment here. */
@Command(
        name = "bench",
        description =
                "Time both engines, in turn, on an experiment's training; bench/run compares with other frameworks.")
final class BenchCommand implements Runnable {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ExperimentArguments arguments;

    @Option(names = "--rounds", defaultValue = "5", description = "turns of each engine (default: 5)")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "1", description = "length of a turn (default: 1)")
    private double seconds;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        if (rounds < 1) {
            throw Failure.usage("--rounds is " + rounds, "give at least 1");
        }
        if (!(seconds > 0 && seconds <= 3600)) {
            throw Failure.usage("--seconds is " + seconds, "give more than 0 and at most 3600");
        }
        Workspace workspace = Workspace.current();
        Experiment experiment = arguments.read();
        Throughput.Result result =
                Throughput.measure(experiment, WorkspaceData.in(workspace, common.progress(terminal)), rounds, seconds);
        if (common.json) {
            terminal.json(result);
        } else {
            print(result);
        }
    }

    private void print(Throughput.Result result) {
        terminal.print(
                "%s: training in batches of %d, %d threads, median of %d turns%n%n",
                result.name(), result.batchSize(), result.threads(), result.rounds());
        terminal.print("%-8s  %10s  %17s  %7s%n", "engine", "examples/s", "least - most", "to nd4j");
        for (Throughput.Row row : result.rows()) {
            terminal.print(
                    "%-8s  %10.0f  %8.0f - %6.0f  %7.2f%n",
                    row.engine(), row.examplesPerSecond(), row.least(), row.most(), row.toNd4j());
        }
        if (result.withoutOneDnn() != null) {
            terminal.print("onednn    left out: %s%n", result.withoutOneDnn());
        }
    }
}
