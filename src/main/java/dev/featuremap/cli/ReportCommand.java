package dev.featuremap.cli;

import dev.featuremap.report.RunReport;
import dev.featuremap.run.Json;
import dev.featuremap.run.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code featuremap report}: run directories as one HTML file to look at. */
@Command(
        name = "report",
        description = "Make an HTML report of a run, of a comparison, or of several runs side by side.")
final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "run directories, or the folder of a comparison")
    private List<Path> runs;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path report = RunReport.write(RunDirectory.openEnded(runs.get(0)));
        if (common.json) {
            terminal.print("%s", Json.write(Map.of("report", report.toString())));
        } else {
            terminal.print("report: %s%n", report);
        }
        return 0;
    }
}
