package dev.featuremap.compare;

import dev.featuremap.Failure;
import dev.featuremap.compare.Comparison.Member;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.train.PlannedRun;
import dev.featuremap.train.PlannedRuns;
import dev.featuremap.train.RunMaker;
import dev.featuremap.train.RunOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole way of one comparison: learning rates chosen on validation data, every member run with every seed,
 * what came of them summarised and written. Runs that were made before are not made again.
 */
public final class ComparisonRun {
    private final ComparisonPlan plan;
    private final ComparisonDirectory directory;
    private final PlannedRuns runs;
    private final ComparisonWatcher watcher;

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
     * Makes what is missing and writes the result.
     *
     * @throws Failure of the first run's kind when no run at all came to scores
     */
    public ComparisonResult run() {
        Map<Member, List<String>> chosen = chooseLearningRates();
        List<PlannedRun> planned = new ArrayList<>();
        for (Member member : members()) {
            for (long seed : seeds()) {
                planned.add(plan.run(member, chosen.get(member), seed, directory.path()));
            }
        }
        List<RunOutcome> outcomes = runs.make(planned);
        if (outcomes.stream().noneMatch(RunOutcome::hasScores)) {
            Failure first = PlannedRuns.failure(planned.get(0))
                    .orElseGet(() ->
                            new Failure(Failure.Kind.DIVERGED, outcomes.get(0).cause(), "lower the learning rate"));
            throw new Failure(
                    first.kind(),
                    "none of the " + outcomes.size() + " runs has scores; the first: " + first.getMessage(),
                    first.remedy());
        }
        List<MemberResult> results = new ArrayList<>();
        for (int i = 0; i < members().size(); i++) {
            Member member = members().get(i);
            List<String> overrides = new ArrayList<>(member.set());
            overrides.addAll(chosen.get(member));
            int first = i * seeds().size();
            results.add(MemberResult.of(
                    member.name(), overrides, outcomes.subList(first, first + seeds().size()), plan.metrics()));
        }
        ComparisonResult result = ComparisonResult.of(plan.comparison().name(), results, plan.metrics(), plan.metric());
        directory.write(result, ComparisonCsv.of(result, plan.metrics()));
        return result;
    }

    /** What each member sets beyond its own overrides: nothing, or the learning rate that did best. */
    private Map<Member, List<String>> chooseLearningRates() {
        List<PlannedRun> trials = new ArrayList<>();
        for (Member member : members()) {
            for (double rate : plan.comparison().learningRatesOf(member)) {
                trials.add(plan.trial(member, rate, directory.path()));
            }
        }
        List<RunOutcome> outcomes = trials.isEmpty() ? List.of() : runs.make(trials);
        Map<Member, List<String>> chosen = new LinkedHashMap<>();
        int next = 0;
        for (Member member : members()) {
            List<Double> rates = plan.comparison().learningRatesOf(member);
            chosen.put(member, best(member, rates, outcomes.subList(next, next + rates.size())));
            next += rates.size();
        }
        return chosen;
    }

    /** The first of the best; where no rate came to scores, the first, whose runs will tell why. */
    private List<String> best(Member member, List<Double> rates, List<RunOutcome> outcomes) {
        if (rates.isEmpty()) {
            return List.of();
        }
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        Metric metric = plan.metric();
        for (int i = 0; i < rates.size(); i++) {
            double value = outcomes.get(i).value(metric).orElse(Double.NaN);
            double merit = metric.isBetterWhenHigher() ? value : -value;
            if (merit > most) {
                best = i;
                most = merit;
            }
        }
        watcher.chose(
                member.name(),
                rates.get(best),
                ComparisonPlan.word(metric),
                outcomes.get(best).value(metric));
        return List.of(ComparisonPlan.learningRate(rates.get(best)));
    }

    private List<Member> members() {
        return plan.comparison().allMembers();
    }

    private List<Long> seeds() {
        return plan.comparison().seeds().values();
    }
}
