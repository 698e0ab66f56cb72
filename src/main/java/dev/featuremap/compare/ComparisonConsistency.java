package dev.featuremap.compare;

import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.Agreement;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.Json;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunResult;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Whether {@code comparison.json} tells of what was compared, of the runs that are there, and the figures that follow from them. */
public final class ComparisonConsistency {
    private static final String COMPARISON = "comparison.json";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");

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
     * @return what it tells; of a file that an earlier version wrote, what its runs tell by today's figures
     * @throws dev.featuremap.Failure (model) naming two files that contradict each other, and what each says
     */
    public static ComparisonResult require(ComparisonDirectory directory) {
        ComparisonConsistency consistency = new ComparisonConsistency(directory);
        Question planned = consistency.requirePlan();
        consistency.told.members().forEach(consistency::requireRuns);
        return consistency.requireFigures(planned);
    }

    /** What is asked: by the plan, or, where it is gone, by the result. */
    private Question requirePlan() {
        Path file = directory.path().resolve(ComparisonDirectory.COMPARISON);
        if (!RegularFiles.isFile(file)) {
            return told.question();
        }
        Comparison planned = ComparisonFile.read(file, List.of());
        Question question = planned.question(Analysis.metrics(told.members()));
        String other = ComparisonDirectory.COMPARISON;
        agreement.same("name", COMPARISON, told.name(), other, planned.name());
        agreement.same(
                "members",
                COMPARISON,
                told.members().stream().map(Member::name).toList(),
                other,
                planned.allMembers().stream().map(Comparison.Member::name).toList());
        if (told.question() != null) {
            agreement.same("question", COMPARISON, told.question(), other, question);
        }
        for (int i = 0; i < told.members().size(); i++) {
            Member member = told.members().get(i);
            List<String> set = planned.allMembers().get(i).set();
            int common = Math.min(set.size(), member.overrides().size());
            agreement.same("overrides", COMPARISON, member.overrides().subList(0, common), other, set);
            Map<String, String> levels = member.levels() == null ? Map.of() : member.levels();
            agreement.same("levels", COMPARISON, levels, other, planned.levels().get(i));
            requireSeeds(member, planned);
        }
        return question;
    }

    /** As many seeds as one of the looks takes, and of each every fold. */
    private void requireSeeds(Member member, Comparison planned) {
        List<Long> seeds = member.runs().stream().map(RunOutcome::seed).toList();
        int folds = planned.folds().orElse(1);
        boolean isALook = planned.looks().at().stream().anyMatch(look -> look * folds == seeds.size());
        int most = isALook ? seeds.size() / folds : planned.seeds().values().size();
        List<Long> asked = planned.seeds().first(most).stream()
                .flatMap(seed -> Collections.nCopies(folds, seed).stream())
                .toList();
        agreement.same("seeds", COMPARISON, seeds, ComparisonDirectory.COMPARISON, asked);
        for (int i = 0; i < seeds.size(); i++) {
            Integer fold = planned.folds().isPresent() ? (Integer) (i % folds + 1) : null;
            Integer told = member.runs().get(i).fold();
            agreement.holds(Objects.equals(told, fold), "fold", COMPARISON, told, ComparisonDirectory.COMPARISON, fold);
        }
    }

    private void requireRuns(Member member) {
        Path folder = directory.path().toAbsolutePath().normalize();
        for (RunOutcome outcome : member.runs()) {
            directory
                    .ended(member.name(), outcome)
                    .ifPresent(run -> requireRun(outcome, folder.relativize(run.path()), run));
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

    /** All that is told follows from the runs once more. */
    private ComparisonResult requireFigures(Question planned) {
        List<Metric> metrics = Analysis.metrics(told.members());
        Question question = planned != null
                ? planned
                : new Question(Analysis.ranking(metrics).word(), null, List.of(mostSeeds()), null);
        List<Member> members = told.members().stream()
                .map(member -> new Member(
                        member.name(),
                        member.overrides(),
                        member.levels(),
                        member.runs(),
                        Summaries.of(member.runs(), metrics, Analysis.overlap(question.folds()))))
                .toList();
        ComparisonResult again = new Analysis(question, members).result(told.name(), new TestAnswers(directory));
        if (told.question() != null) {
            requireSame("members", told.members(), again.members());
            requireSame("differences", told.differences(), again.differences());
            requireSame("interactions", told.interactions(), again.interactions());
        }
        return again;
    }

    private void requireSame(String what, List<?> told, List<?> again) {
        agreement.same("number of " + what, COMPARISON, told.size(), "its own runs", again.size());
        for (int i = 0; i < told.size(); i++) {
            List<String> one = lines(told.get(i));
            List<String> other = lines(again.get(i));
            // A whole JSON object is not the beginning of another: where one is longer, a line before differs.
            for (int line = 0; line < one.size(); line++) {
                agreement.same(what + "[" + i + "]", COMPARISON, one.get(line), "its own runs", other.get(line));
            }
        }
    }

    /** Numbers to what versions agree on that added in another order. */
    private static List<String> lines(Object told) {
        return NUMBER.matcher(Json.write(told))
                .replaceAll(number -> String.format(Locale.ROOT, "%.7g", Double.parseDouble(number.group())))
                .lines()
                .map(String::strip)
                .toList();
    }

    private int mostSeeds() {
        return told.members().stream()
                .mapToInt(member -> member.runs().size())
                .max()
                .orElse(1);
    }
}
