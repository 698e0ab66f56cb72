package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.UserPath;
import dev.featuremap.compare.Comparison;
import dev.featuremap.compare.ComparisonFile;
import dev.featuremap.compare.ComparisonPlan;
import dev.featuremap.compare.ComparisonRun;
import dev.featuremap.report.ComparisonReport;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.OwnedDirectory;
import dev.featuremap.run.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code featuremap compare}: one experiment under several losses or other overrides, with several seeds each. */
@Command(
        name = "compare",
        description = {
            "Compare losses, or any other settings: every member of a comparison is trained with every seed.",
            "The same command again goes on where it was stopped, and repeats no run that has ended;",
            "with more seeds or members, it makes only the runs that are missing."
        })
final class CompareCommand implements Runnable {
    private static final int SEEDS_AT_MOST = 20;

    private final Terminal terminal;
    private final Interruption interruption;

    @Mixin
    private CommonOptions common;

    @Mixin
    private PlacementOptions placement;

    @Parameters(index = "0", paramLabel = "CONF", description = "the comparison's file; conf/compare holds some")
    private String conf;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            completionCandidates = KeyCandidates.OfComparison.class,
            description = {
                "values to use in every member's experiment, such as training.epochs=1,",
                "or, beginning with comparison., in the comparison itself, such as comparison.seeds=3"
            })
    private List<String> overrides = List.of();

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            description = "the comparison's folder; default: runs/compare-<name>")
    private Path runDir;

    @Option(
            names = "--until-sure",
            description = {
                "add seeds in rounds until each question is decided (better, worse, or equal by the file's key equivalence),",
                "with 5 %% of error for wrong differences, and 5 %% for wrong equalities, over all rounds and questions together"
            })
    private boolean untilSure;

    @Option(
            names = "--at-most",
            paramLabel = "SEEDS",
            description = "with --until-sure: no more seeds than these; default: the file's seedsAtMost, else 20")
    private Integer atMost;

    CompareCommand(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public void run() {
        placement.check();
        Workspace workspace = Workspace.current();
        Comparison comparison = comparison();
        ComparisonPlan plan = new ComparisonPlan(comparison, Path.of(comparison.base()));
        Path folder = runDir == null ? workspace.runs().resolve("compare-" + comparison.name()) : runDir;
        Terminal progress = common.progress(terminal);
        RunMakers makers = new RunMakers(workspace, progress, interruption);
        makers.tryStart(placement, plan.first(), folder);
        ComparisonResult result;
        Path report;
        try (OwnedDirectory owned = plan.open(folder)) {
            ComparisonDirectory directory = new ComparisonDirectory(owned.path());
            result = makers.work(
                    placement,
                    owned,
                    plan.base().data(),
                    (maker, atATime) ->
                            new ComparisonRun(plan, directory, maker, atATime, new ComparisonProgress(progress)).run());
            report = ReportCommand.writeLast(folder, () -> ComparisonReport.write(directory, result));
        }
        if (common.json) {
            terminal.json(result);
        } else {
            new ComparisonText(result).print(terminal);
            terminal.print("comparison directory: %s%nreport: %s%n", folder, report);
        }
    }

    private Comparison comparison() {
        if (atMost != null && !untilSure) {
            throw Failure.usage("--at-most goes with --until-sure", "name both, or comparison.seeds=" + atMost);
        }
        Comparison comparison = ComparisonFile.read(UserPath.find(conf), overrides);
        if (!untilSure || (atMost == null && comparison.seedsAtMost().isPresent())) {
            return comparison;
        }
        List<String> all = new ArrayList<>(overrides);
        all.add("comparison.seedsAtMost=" + (atMost == null ? SEEDS_AT_MOST : atMost));
        return ComparisonFile.read(UserPath.find(conf), all);
    }
}
