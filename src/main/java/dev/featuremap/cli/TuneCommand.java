package dev.featuremap.cli;

import dev.featuremap.UserPath;
import dev.featuremap.report.TuningReport;
import dev.featuremap.run.OwnedDirectory;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.TuningResult;
import dev.featuremap.run.Workspace;
import dev.featuremap.tune.Tuning;
import dev.featuremap.tune.TuningFile;
import dev.featuremap.tune.TuningRun;
import dev.featuremap.tune.arbiter.ArbiterSearch;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap tune}: a search for the values of an experiment that do best on validation data. */
@Command(
        name = "tune",
        description = {
            "Search for the values of an experiment that do best on validation data, with Arbiter.",
            "The same command again goes on where it was stopped, and repeats no candidate that has ended."
        })
final class TuneCommand implements Runnable {
    private final Terminal terminal;
    private final Interruption interruption;

    @Mixin
    private CommonOptions common;

    @Mixin
    private PlacementOptions placement;

    @Parameters(index = "0", paramLabel = "CONF", description = "the search's file; conf/tune holds some")
    private String conf;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            completionCandidates = KeyCandidates.OfSearch.class,
            description = {
                "values or spaces to use in the experiment, such as training.epochs=1 or \"loss={choice: [mse, mae]}\",",
                "or, beginning with tune., in the search itself, such as tune.candidates=5"
            })
    private List<String> overrides = List.of();

    @Option(names = "--run-dir", paramLabel = "DIR", description = "the search's folder; default: runs/tune-<name>")
    private Path runDir;

    TuneCommand(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public void run() {
        placement.check();
        Workspace workspace = Workspace.current();
        Tuning tuning = TuningFile.read(UserPath.find(conf), overrides);
        Path folder = runDir == null ? workspace.runs().resolve("tune-" + tuning.name()) : runDir;
        Terminal progress = common.progress(terminal);
        RunMakers makers = new RunMakers(workspace, progress, interruption);
        makers.tryStart(placement, tuning.experiment().example(), folder);
        TuningResult result;
        Path report;
        try (OwnedDirectory owned = tuning.open(folder)) {
            TuningDirectory directory = new TuningDirectory(owned.path());
            result = makers.work(
                    placement,
                    owned,
                    tuning.experiment().example().data(),
                    (candidates, atATime) -> new TuningRun(
                                    tuning,
                                    directory,
                                    candidates,
                                    makers.here(owned),
                                    new TuningProgress(progress, tuning))
                            .run(ArbiterSearch.of(tuning, atATime)));
            report = ReportCommand.writeLast(folder, () -> TuningReport.write(directory));
        }
        if (common.json) {
            terminal.json(result);
        } else {
            new TuningText(result).print(terminal);
            terminal.print("search directory: %s%nreport: %s%n", folder, report);
        }
    }
}
