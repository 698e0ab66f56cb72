package dev.featuremap.compare;

import dev.featuremap.Failure;
import dev.featuremap.compare.ComparisonPlan.Variant;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.jobs.PlannedRuns;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.RunOutcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
        List<Variant> chosen = chosen();
        List<PlannedRun> planned = chosen.stream()
                .flatMap(variant -> seeds().stream().map(seed -> plan.run(variant, seed, directory)))
                .toList();
        List<RunOutcome> outcomes = runs.make(planned);
        if (outcomes.stream().noneMatch(RunOutcome::hasScores)) {
            Failure first = planned.get(0)
                    .failure()
                    .orElseGet(() ->
                            new Failure(Failure.Kind.DIVERGED, outcomes.get(0).cause(), "lower the learning rate"));
            throw new Failure(
                    first.kind(),
                    "none of the " + outcomes.size() + " runs has scores; the first: " + first.getMessage(),
                    first.remedy());
        }
        List<ComparisonResult.Member> results = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            int first = i * seeds().size();
            List<RunOutcome> ofMember = outcomes.subList(first, first + seeds().size());
            results.add(new ComparisonResult.Member(
                    chosen.get(i).member().name(),
                    chosen.get(i).overrides(),
                    ofMember,
                    Summaries.of(ofMember, plan.metrics())));
        }
        ComparisonResult result = new ComparisonResult(
                plan.comparison().name(),
                results,
                differences(results, plan.metrics()),
                new Conclusion(results, plan.metric()).text());
        directory.write(result, plan.metrics());
        return result;
    }

    static List<ComparisonResult.Difference> differences(List<ComparisonResult.Member> members, List<Metric> metrics) {
        return members.stream()
                .skip(1)
                .flatMap(member -> metrics.stream().map(metric -> PairedDifference.of(member, members.get(0), metric)))
                .filter(difference -> difference.paired().n() > 0)
                .map(PairedDifference::told)
                .toList();
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

    private List<Long> seeds() {
        return plan.comparison().seeds().values();
    }
}
