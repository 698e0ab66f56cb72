package dev.featuremap.cli;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.report.ComparisonReport;
import dev.featuremap.report.RunReport;
import dev.featuremap.report.SideBySideReport;
import dev.featuremap.report.TuningReport;
import dev.featuremap.run.Json;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap report}: run directories as one HTML file to look at. */
@Command(
        name = "report",
        description = "Make an HTML report of a run, of a comparison, of a search, or of several runs side by side.")
final class ReportCommand implements Callable<Integer> {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = {
                "a run directory, or a comparison's or a search's folder, whose report.html is written anew;",
                "or several run directories to be seen side by side"
            })
    private List<Path> runs;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where the report of several runs goes; default: runs/<UTC time>-side-by-side.html")
    private Path out;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path report = write();
        if (common.json) {
            terminal.print("%s", Json.write(Map.of("report", report.toString())));
        } else {
            terminal.print("report: %s%n", report);
        }
        return 0;
    }

    /**
     * Writes the report that a command ends with.
     *
     * @throws Failure (environment) saying how to write it later when the disk does not take it now
     */
    static Path writeLast(Path folder, Supplier<Path> report) {
        try {
            return report.get();
        } catch (Failure e) {
            if (e.getCause() instanceof IOException && e.kind() == Failure.Kind.ENVIRONMENT) {
                throw Failure.environment(
                        e.getMessage(),
                        "all but the report is there; free some space, then: featuremap report " + folder,
                        e);
            }
            throw e;
        }
    }

    private Path write() {
        if (runs.size() > 1) {
            List<RunDirectory> directories =
                    runs.stream().map(RunDirectory::openEnded).toList();
            Path file = out == null ? fresh(Workspace.current().runs()) : out;
            SideBySideReport.write(directories, file);
            return file;
        }
        if (out != null) {
            throw Failure.usage(
                    "--out is for several runs; the report of one is its report.html",
                    "leave --out, or name more runs");
        }
        Path folder = RegularFiles.named(runs.get(0));
        if (TuningReport.isTuning(folder)) {
            return TuningReport.write(folder);
        }
        return ComparisonReport.isComparison(folder)
                ? ComparisonReport.write(folder)
                : RunReport.write(RunDirectory.openEnded(folder));
    }

    private static Path fresh(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder, e);
        }
        return folder.resolve(UTC.format(Instant.now()) + "-side-by-side.html");
    }
}
