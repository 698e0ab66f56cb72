package dev.featuremap.compare;

import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.Agreement;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether {@code comparison.json} tells of what was compared, of the runs that are there, and the figures that follow from them. */
public final class ComparisonConsistency {
    private static final String COMPARISON = "comparison.json";

    private final ComparisonDirectory directory;
    private final Agreement agreement;
    private final ComparisonResult told;

    private ComparisonConsistency(ComparisonDirectory directory) {
        this.directory = directory;
        this.agreement = new Agreement(directory.path());
        this.told = directory.result();
    }

    /**
     * Makes sure of it.
     *
     * @throws dev.featuremap.Failure (model) naming two files that contradict each other, and what each says
     */
    public static void require(ComparisonDirectory directory) {
        ComparisonConsistency consistency = new ComparisonConsistency(directory);
        consistency.requirePlan();
        consistency.told.members().forEach(consistency::requireRuns);
        consistency.requireFigures();
    }

    private void requirePlan() {
        Path file = directory.path().resolve(ComparisonDirectory.COMPARISON);
        if (RegularFiles.isFile(file)) {
            Comparison planned = ComparisonFile.read(file, List.of());
            String other = ComparisonDirectory.COMPARISON;
            agreement.same("name", COMPARISON, told.name(), other, planned.name());
            agreement.same(
                    "members",
                    COMPARISON,
                    told.members().stream().map(Member::name).toList(),
                    other,
                    planned.allMembers().stream().map(Comparison.Member::name).toList());
            for (int i = 0; i < told.members().size(); i++) {
                Member member = told.members().get(i);
                List<String> set = planned.allMembers().get(i).set();
                int common = Math.min(set.size(), member.overrides().size());
                agreement.same("overrides", COMPARISON, member.overrides().subList(0, common), other, set);
                agreement.same(
                        "seeds",
                        COMPARISON,
                        member.runs().stream().map(RunOutcome::seed).toList(),
                        other,
                        planned.seeds().values());
            }
        }
    }

    private void requireRuns(Member member) {
        Path folder = directory.path().toAbsolutePath().normalize();
        for (RunOutcome outcome : member.runs()) {
            Path place = new ComparisonDirectory(folder)
                    .run(member.name(), outcome.seed())
                    .normalize();
            if (place.startsWith(folder) && RegularFiles.isFolder(place)) {
                RunDirectory.ended(place).ifPresent(run -> requireRun(outcome, folder.relativize(place), run));
            }
        }
    }

    private void requireRun(RunOutcome outcome, Path place, RunDirectory run) {
        run.requireConsistent();
        RunResult result = run.result();
        String file = place + "/result.json";
        agreement.same("status", COMPARISON, outcome.status(), file, result.status());
        if (outcome.hasScores()) {
            agreement.same("scores", COMPARISON, outcome.scores(), file, result.scores());
            agreement.same("seed", COMPARISON, outcome.seed(), file, result.seed());
        }
    }

    private void requireFigures() {
        boolean ofClasses = told.members().stream()
                .flatMap(member -> member.runs().stream())
                .anyMatch(run -> run.hasScores() && run.scores().accuracy() != null);
        List<Metric> metrics = ComparisonPlan.metrics(ofClasses);
        for (Member member : told.members()) {
            agreement.same(
                    "summary of " + member.name(),
                    COMPARISON,
                    rounded(member.summary()),
                    "its own runs",
                    rounded(Summaries.of(member.runs(), metrics)));
        }
        agreement.same(
                "differences",
                COMPARISON,
                rounded(told.differences()),
                "its own runs",
                rounded(ComparisonRun.differences(told.members(), metrics)));
    }

    private static List<String> rounded(Map<String, Summary> summaries) {
        return summaries.entrySet().stream()
                .map(entry -> entry.getKey() + " of " + entry.getValue().n() + ": "
                        + rounded(
                                entry.getValue().ci95(),
                                entry.getValue().mean(),
                                entry.getValue().sd()))
                .toList();
    }

    private static List<String> rounded(List<Difference> differences) {
        return differences.stream()
                .map(one -> one.member() + " against " + one.against() + " in " + one.metric() + ": "
                        + rounded(one.ci95(), one.mean(), one.effectSize()))
                .toList();
    }

    /** To what versions agree on that added in another order. */
    private static String rounded(List<Double> interval, Double... figures) {
        List<Double> all = new ArrayList<>(Arrays.asList(figures));
        all.addAll(interval == null ? List.of() : interval);
        return String.join(
                " ",
                all.stream()
                        .map(figure -> figure == null ? "none" : String.format(Locale.ROOT, "%.7g", figure))
                        .toList());
    }
}
