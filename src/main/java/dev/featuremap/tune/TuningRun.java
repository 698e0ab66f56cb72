package dev.featuremap.tune;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import dev.featuremap.train.PlannedRun;
import dev.featuremap.train.PlannedRuns;
import dev.featuremap.train.RunMaker;
import dev.featuremap.train.RunOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
        List<CandidateResult> results = candidates.results();
        CandidateResult best = candidates.best().orElseThrow(() -> noScore(results));
        RunDirectory run = RunDirectory.openEnded(directory.candidate(best.index()));
        Experiment experiment = onAllData(directory.readCandidate(best.index()), run.result());
        watcher.training(best);
        Scores test = trained(best.index(), experiment);
        Metric metric = tuning.rankedBy();
        List<TuningResult.SpaceResult> spaces = new ArrayList<>();
        tuning.experiment().spaces().forEach((key, space) -> spaces.add(TuningResult.SpaceResult.of(key, space)));
        TuningResult result = new TuningResult(
                tuning.name(),
                word(tuning.generator()),
                tuning.seed(),
                word(metric),
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

    /**
     * The best candidate's experiment with as many epochs as were best for it on validation data, of which there are none once
     * all training data are trained on.
     */
    private static Experiment onAllData(Experiment candidate, RunResult validated) {
        int epochs = validated.bestEpoch() == null ? validated.epochs() : validated.bestEpoch();
        return ExperimentFile.parse(
                ExperimentFile.print(candidate),
                "best",
                List.of(
                        "training.epochs=" + epochs,
                        "training.keepBest=false",
                        "training.earlyStopping=null",
                        "training.validationShare=null"));
    }

    private Scores trained(int index, Experiment experiment) {
        PlannedRun planned =
                new PlannedRun("best", directory.writeBest(experiment), List.of(), experiment, directory.best(index));
        RunOutcome outcome = new PlannedRuns(bestMaker, 1, new PlannedRuns.Watcher() {}).settle(planned);
        if (!outcome.hasScores()) {
            Failure failure = PlannedRuns.failure(planned)
                    .orElseGet(() -> new Failure(Failure.Kind.DIVERGED, outcome.cause(), "lower the learning rate"));
            throw new Failure(
                    failure.kind(),
                    "the best candidate, " + index + ", " + outcome.status().word() + " on all training data: "
                            + failure.getMessage(),
                    failure.remedy());
        }
        return outcome.test();
    }

    private static Failure noScore(List<CandidateResult> results) {
        if (results.isEmpty()) {
            return Failure.usage("no candidate was begun in the time there was", "give the search more minutes");
        }
        CandidateResult first = results.get(0);
        return new Failure(
                first.status() == RunStatus.DIVERGED ? Failure.Kind.DIVERGED : Failure.Kind.USAGE,
                "none of the " + results.size() + " candidates has a score; the first: " + first.cause(),
                first.epochs() == null || first.status() == RunStatus.DIVERGED
                        ? "try one by itself: featuremap train " + first.runDir() + ".yaml"
                        : "rank by another metric, such as tune.metric=mse");
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
