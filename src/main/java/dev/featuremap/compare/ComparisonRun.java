package dev.featuremap.compare;

import dev.featuremap.Failure;
import dev.featuremap.compare.ComparisonPlan.Variant;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.jobs.PlannedRuns;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.RunOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The whole way of one comparison: learning rates chosen on validation data, every member run with every seed,
 * what came of them summarised and written. Runs that were made before are not made again.
 */
public final class ComparisonRun {
    private final ComparisonPlan plan;
    private final ComparisonDirectory directory;
    private final PlannedRuns runs;
    private final ComparisonWatcher watcher;
    /** What came of the runs that count, under their folders. */
    private final Map<Path, RunOutcome> made = new HashMap<>();

    /**
     * A comparison ready to go.
     *
     * @param maker makes one run; called by as many threads at a time as {@code parallel} says
     */
    public ComparisonRun(
            ComparisonPlan plan,
            ComparisonDirectory directory,
            RunMaker maker,
            int parallel,
            ComparisonWatcher watcher) {
        this.plan = plan;
        this.directory = directory;
        this.runs = new PlannedRuns(maker, parallel, watcher);
        this.watcher = watcher;
    }

    /**
     * Makes what is missing, in rounds where seeds are added until all is sure, and writes the result.
     *
     * @throws Failure of the first run's kind when no run at all came to scores
     */
    public ComparisonResult run() {
        List<Variant> chosen = chosen();
        List<Integer> looks = plan.comparison().looks().at();
        List<Integer> seedsOf = new ArrayList<>(Collections.nCopies(chosen.size(), looks.get(0)));
        List<Member> members = members(chosen, seedsOf);
        for (int look = 1; look < looks.size(); look++) {
            Analysis analysis = new Analysis(plan.question(), members);
            List<List<Member>> open = analysis.openQuestions();
            watcher.looked(looks.get(look - 1), open.size(), analysis.questions());
            if (open.isEmpty()) {
                break;
            }
            for (int i = 0; i < chosen.size(); i++) {
                Member member = members.get(i);
                if (open.stream().anyMatch(question -> question.contains(member))) {
                    seedsOf.set(i, looks.get(look));
                }
            }
            members = members(chosen, seedsOf);
        }
        ComparisonResult result =
                new Analysis(plan.question(), members).result(plan.comparison().name(), new TestAnswers(directory));
        directory.write(result, plan.metrics());
        return result;
    }

    /** The members with what came of their first seeds, so many as are asked for of each. */
    private List<Member> members(List<Variant> chosen, List<Integer> seedsOf) {
        List<List<PlannedRun>> planned = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            Variant variant = chosen.get(i);
            planned.add(plan.comparison().seeds().first(seedsOf.get(i)).stream()
                    .flatMap(seed -> plan.runs(variant, seed, directory).stream())
                    .toList());
        }
        make(planned.stream()
                .flatMap(List::stream)
                .filter(run -> !made.containsKey(run.folder()))
                .toList());
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            Map<String, String> levels = plan.comparison().levels().get(i);
            List<RunOutcome> outcomes =
                    planned.get(i).stream().map(run -> made.get(run.folder())).toList();
            members.add(new Member(
                    chosen.get(i).member().name(),
                    chosen.get(i).overrides(),
                    levels.isEmpty() ? null : levels,
                    outcomes,
                    Summaries.of(
                            outcomes,
                            plan.metrics(),
                            Analysis.overlap(plan.comparison().folds().orElse(null)))));
        }
        return members;
    }

    private void make(List<PlannedRun> planned) {
        List<RunOutcome> outcomes = runs.make(planned);
        for (int i = 0; i < planned.size(); i++) {
            made.put(planned.get(i).folder(), outcomes.get(i));
        }
        if (made.values().stream().noneMatch(RunOutcome::hasScores)) {
            Failure first = planned.get(0)
                    .failure()
                    .orElseGet(() ->
                            new Failure(Failure.Kind.DIVERGED, outcomes.get(0).cause(), "lower the learning rate"));
            throw new Failure(
                    first.kind(),
                    "none of the " + outcomes.size() + " runs has scores; the first: " + first.getMessage(),
                    first.remedy());
        }
    }

    /** Of each member the way to run it: the only one, or the learning rate that did best. */
    private List<Variant> chosen() {
        List<PlannedRun> trials = plan.variants().values().stream()
                .flatMap(List::stream)
                .filter(variant -> variant.learningRate() != null)
                .map(variant -> plan.trial(variant, directory))
                .toList();
        Iterator<RunOutcome> outcomes = (trials.isEmpty() ? List.<RunOutcome>of() : runs.make(trials)).iterator();
        return plan.variants().values().stream()
                .map(variants -> best(variants, outcomes))
                .toList();
    }

    /** The first of the best; where no rate came to scores, the first, whose runs will tell why. */
    private Variant best(List<Variant> variants, Iterator<RunOutcome> outcomes) {
        Variant best = variants.get(0);
        if (best.learningRate() == null) {
            return best;
        }
        Metric metric = plan.metric();
        OptionalDouble reached = OptionalDouble.empty();
        for (Variant variant : variants) {
            OptionalDouble value = outcomes.next().value(metric);
            if (value.isPresent()
                    && (reached.isEmpty() || metric.isBetter(value.getAsDouble(), reached.getAsDouble()))) {
                best = variant;
                reached = value;
            }
        }
        watcher.chose(best.member().name(), best.learningRate(), metric.word(), reached);
        return best;
    }
}
