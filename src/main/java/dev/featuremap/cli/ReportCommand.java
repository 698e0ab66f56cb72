package dev.featuremap.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.compare.ComparisonConsistency;
import dev.featuremap.data.DataFolder;
import dev.featuremap.report.ComparisonReport;
import dev.featuremap.report.RunReport;
import dev.featuremap.report.SideBySideReport;
import dev.featuremap.report.TuningReport;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.Mistakes.Mistake;
import dev.featuremap.run.PartialRun;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.SavedRun;
import dev.featuremap.tune.TuningConsistency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap report}: run directories as one HTML file to look at. */
@Command(
        name = "report",
        description = "Make an HTML report of a run, of a comparison, of a search, or of several runs side by side.")
final class ReportCommand implements Runnable {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            converter = RunConverter.class,
            description = {
                "a run, a comparison or a search, whose report.html is written anew, of what there is so far where it has",
                "not ended; or several runs to be seen side by side; each by " + RunConverter.WAYS
            })
    private List<Path> runs;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where the report of several runs goes; default: runs/<UTC time>-side-by-side.html")
    private Path out;

    /**
     * What {@code --json} prints.
     *
     * @param partial why what the report is of has no result yet; null where it has
     * @param skipped the runs that are not in the report, each with the reason
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Written(String report, String partial, List<String> skipped) {
        static Written of(Path report, Optional<String> partial) {
            return new Written(report.toString(), partial.orElse(null), List.of());
        }
    }

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        CommonOptions.requirePlaceForFile(out, "--out");
        Written written = runs.size() > 1 ? writeSideBySide() : writeOne(RegularFiles.named(runs.get(0)));
        if (common.json) {
            terminal.json(written);
        } else {
            written.skipped().forEach(run -> terminal.tell("skipped: %s%n", run));
            terminal.print(
                    "report: %s%s%n",
                    written.report(), written.partial() == null ? "" : "  (partial: " + written.partial() + ")");
        }
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

    private Written writeSideBySide() {
        List<RunDirectory> ended = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Path run : runs) {
            RunDirectory directory = RunDirectory.openBegun(run);
            if (directory.hasResult()) {
                ended.add(directory);
            } else {
                String why = directory.partial().map(PartialRun::why).orElse("it was stopped before it began");
                skipped.add(run + ": " + why);
            }
        }
        if (ended.isEmpty()) {
            throw Failure.usage(
                    "none of these runs has ended: " + String.join("; ", skipped),
                    "name one alone to see what there is of it");
        }
        Path file = out == null ? fresh(Workspace.current().runs()) : out;
        SideBySideReport.write(ended, file, this::pictured);
        return new Written(file.toString(), null, skipped);
    }

    /** Examples of a run's test data, as far as these are here: nothing is fetched for a report. */
    private List<Mistake> pictured(RunDirectory run, List<Integer> examples) {
        try (SavedRun saved = SavedRun.open(run)) {
            return saved.answers(
                    examples, DataFolder.withoutFetching(Workspace.current().data()));
        } catch (Failure notHere) {
            common.progress(terminal)
                    .tell("shown are only pictures that %s keeps itself: %s%n", run.path(), notHere.getMessage());
            return SideBySideReport.amongWorst(run, examples);
        }
    }

    private Written writeOne(Path folder) {
        if (out != null) {
            throw Failure.usage(
                    "--out is for several runs; the report of one is its report.html",
                    "leave --out, or name more runs");
        }
        TuningDirectory search = new TuningDirectory(folder);
        if (search.hasResult()) {
            TuningConsistency.require(search);
            return Written.of(TuningReport.write(search), Optional.empty());
        }
        ComparisonDirectory comparison = new ComparisonDirectory(folder);
        if (comparison.hasResult()) {
            return Written.of(
                    ComparisonReport.write(comparison, ComparisonConsistency.require(comparison)), Optional.empty());
        }
        Optional<String> unfinished = SideBySideReport.unfinished(folder);
        if (unfinished.isPresent()) {
            return Written.of(SideBySideReport.writeUnfinished(folder, unfinished.get()), unfinished);
        }
        RunDirectory run = RunDirectory.openBegun(folder);
        Optional<String> partial = run.partial().map(PartialRun::why);
        return Written.of(RunReport.write(partial.isPresent() ? run : RunDirectory.openEnded(folder)), partial);
    }

    private static Path fresh(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(folder, e);
        }
        return folder.resolve(Workspace.timestamp(Instant.now()) + "-side-by-side.html");
    }
}
