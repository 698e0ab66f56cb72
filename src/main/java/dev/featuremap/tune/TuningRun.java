package dev.featuremap.tune;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Space;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.jobs.PlannedRuns;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.TuningResult;
import dev.featuremap.run.TuningResult.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The whole way of one search: candidates drawn, run and scored on validation data; the best trained on all of it
 * and scored once on the test data. Runs that were made before are not made again.
 */
public final class TuningRun {
    private final Tuning tuning;
    private final TuningDirectory directory;
    private final RunMaker maker;
    private final RunMaker bestMaker;
    private final TuningWatcher watcher;

    /**
     * A search ready to go.
     *
     * @param maker makes the candidates' runs; called by as many threads at a time as the search has
     * @param bestMaker makes the best one's run, alone, as {@code featuremap train} would
     */
    public TuningRun(
            Tuning tuning, TuningDirectory directory, RunMaker maker, RunMaker bestMaker, TuningWatcher watcher) {
        this.tuning = tuning;
        this.directory = directory;
        this.maker = maker;
        this.bestMaker = bestMaker;
        this.watcher = watcher;
    }

    /**
     * Makes what is missing and writes the result.
     *
     * @throws Failure of the first candidate's kind when none at all came to a score
     */
    public TuningResult run(Search search) {
        Candidates candidates = new Candidates(tuning, directory, maker, watcher);
        search.run(candidates);
        List<Candidate> results = candidates.results();
        Candidate best = candidates.best().orElseThrow(() -> noScore(results));
        RunDirectory run = RunDirectory.openEnded(directory.candidate(best.index()));
        Experiment experiment = onAllData(candidates.bestExperiment(), run.result());
        watcher.training(best);
        Scores test = trained(best.index(), experiment);
        Metric metric = tuning.rankedBy();
        List<TuningResult.Space> spaces = new ArrayList<>();
        tuning.experiment().spaces().forEach((key, space) -> spaces.add(told(key, space)));
        TuningResult result = new TuningResult(
                tuning.name(),
                tuning.generator().name().toLowerCase(Locale.ROOT),
                tuning.seed(),
                metric.word(),
                metric.isBetterWhenHigher(),
                tuning.validationShare(),
                candidates.whyEnded(),
                spaces,
                results,
                Importance.of(spaces, results),
                new TuningResult.Best(
                        best.index(),
                        best.parameters(),
                        run.result().validation(),
                        test,
                        directory.best(best.index()).toString()),
                directory.bestFile().toString());
        directory.write(result);
        return result;
    }

    /** A space as files tell it. */
    static TuningResult.Space told(String key, Space space) {
        String kind = space.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return space instanceof Space.Choice choice
                ? new TuningResult.Space(key, kind, null, null, choice.options())
                : new TuningResult.Space(key, kind, space.low(), space.high(), null);
    }

    /**
     * The best candidate's experiment with as many epochs as were best for it on validation data, of which there are none once
     * all training data are trained on.
     */
    private static Experiment onAllData(Experiment candidate, RunResult validated) {
        int epochs = validated.bestEpoch() == null ? validated.epochs() : validated.bestEpoch();
        return candidate.with(candidate.training().with(all -> {
            all.epochs = epochs;
            all.keepBest = false;
            all.earlyStopping = Optional.empty();
            all.validationShare = Optional.empty();
        }));
    }

    private Scores trained(int index, Experiment experiment) {
        directory.writeBest(experiment);
        PlannedRun planned = new PlannedRun("best", experiment, directory.best(index));
        RunOutcome outcome = new PlannedRuns(bestMaker, 1, new PlannedRuns.Watcher() {}).settle(planned);
        if (!outcome.hasScores()) {
            Failure failure = planned.failure()
                    .orElseGet(() -> new Failure(Failure.Kind.DIVERGED, outcome.cause(), "lower the learning rate"));
            throw new Failure(
                    failure.kind(),
                    "the best candidate, " + index + ", " + outcome.status().word() + " on all training data: "
                            + failure.getMessage(),
                    failure.remedy());
        }
        return outcome.test();
    }

    private static Failure noScore(List<Candidate> results) {
        if (results.isEmpty()) {
            return Failure.usage("no candidate was begun in the time there was", "give the search more minutes");
        }
        Candidate first = results.get(0);
        return new Failure(
                first.status() == RunStatus.DIVERGED ? Failure.Kind.DIVERGED : Failure.Kind.USAGE,
                "none of the " + results.size() + " candidates has a score; the first: " + first.cause(),
                first.epochs() == null || first.status() == RunStatus.DIVERGED
                        ? "try one by itself: featuremap train " + first.runDir() + ".yaml"
                        : "rank by another metric, such as tune.metric=mse");
    }
}
