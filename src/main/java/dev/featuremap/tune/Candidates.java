package dev.featuremap.tune;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.jobs.PlannedRuns;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.TuningResult.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** The candidates of one search: each becomes an ordinary run, measured on validation data only. */
final class Candidates implements Search.Evaluation {
    private final Tuning tuning;
    private final TuningDirectory directory;
    private final RunMaker maker;
    private final TuningWatcher watcher;
    private final MedianRule rule;
    private final Instant deadline;

    private final AtomicBoolean late = new AtomicBoolean();
    private final Map<Integer, Candidate> results = new TreeMap<>();
    private Candidate best;
    private Experiment bestExperiment;

    Candidates(Tuning tuning, TuningDirectory directory, RunMaker maker, TuningWatcher watcher) {
        this.tuning = tuning;
        this.directory = directory;
        this.maker = maker;
        this.watcher = watcher;
        this.rule = new MedianRule(tuning.rankedBy());
        this.deadline = tuning.minutes()
                .map(minutes -> Instant.now().plusMillis((long) (60_000 * minutes)))
                .orElse(Instant.MAX);
    }

    @Override
    public Object identity(double[] values) {
        return tuning.experiment().shown(values);
    }

    @Override
    public boolean mayBegin() {
        if (Instant.now().isAfter(deadline)) {
            late.set(true);
        }
        return !late.get();
    }

    @Override
    public OptionalDouble evaluate(int index, double[] values) {
        Map<String, Object> parameters = tuning.experiment().shown(values);
        Experiment experiment;
        try {
            experiment = tuning.experiment().at(values);
        } catch (Failure unfit) {
            return take(
                    new Candidate(
                            index, parameters, RunStatus.FAILED, unfit.getMessage(), null, null, null, null, null),
                    null,
                    false);
        }
        directory.writeCandidate(index, experiment);
        boolean[] made = {false};
        RunMaker noted = (planned, folder) -> {
            made[0] = true;
            maker.make(planned, folder);
        };
        RunOutcome outcome = new PlannedRuns(noted, 1, new PlannedRuns.Watcher() {})
                .settle(new PlannedRun("candidate " + index, trial(index, experiment), directory.candidate(index)));
        return take(result(index, parameters, outcome), experiment, !made[0]);
    }

    /** What became of all so far, in the order of the draws. */
    synchronized List<Candidate> results() {
        return List.copyOf(results.values());
    }

    /** The first of those with the best score. */
    synchronized Optional<Candidate> best() {
        return Optional.ofNullable(best);
    }

    /** Its experiment, without what the search sets; null where there is none. */
    synchronized Experiment bestExperiment() {
        return bestExperiment;
    }

    /** Why no more were drawn. */
    synchronized String whyEnded() {
        if (tuning.candidates().isPresent()
                && results.size() == tuning.candidates().get()) {
            return "candidates";
        }
        return late.get() ? "minutes" : "spaces";
    }

    /** A candidate's experiment with what the search sets. */
    private Experiment trial(int index, Experiment experiment) {
        TrainingSpec training = experiment.training().asTrial(tuning.validationShare());
        return experiment.with(training.with(trial -> {
            // One that was stopped is made anew: what it has saved would only fill the disk.
            trial.checkpoint = trial.checkpoint.withoutEpochEnds();
            if (tuning.earlyStopping() == Tuning.EarlyStopping.MEDIAN) {
                trial.abandon = rule.abandon(before(index)).or(() -> training.abandon());
            }
        }));
    }

    /** The metrics of the candidates the rule measures this one against. */
    private List<List<MetricsRow>> before(int index) {
        return IntStream.rangeClosed(0, index - MedianRule.LAG)
                .mapToObj(earlier -> RunDirectory.ended(directory.candidate(earlier)))
                .flatMap(Optional::stream)
                .map(RunDirectory::metricsRows)
                .toList();
    }

    private Candidate result(int index, Map<String, Object> parameters, RunOutcome outcome) {
        Optional<RunDirectory> run = RunDirectory.ended(directory.candidate(index));
        Optional<Provenance> provenance = run.flatMap(RunDirectory::provenance);
        OptionalDouble score = outcome.value(tuning.rankedBy());
        boolean unscored = outcome.hasScores() && score.isEmpty();
        return new Candidate(
                index,
                parameters,
                unscored ? RunStatus.FAILED : outcome.status(),
                unscored ? whyUnscored(outcome.scores()) : outcome.cause(),
                score.isPresent() ? (Double) score.getAsDouble() : null,
                run.map(RunDirectory::result).map(RunResult::epochs).orElse(null),
                provenance.map(Provenance::start).orElse(null),
                provenance.map(Candidates::seconds).orElse(null),
                outcome.runDir());
    }

    /** How long a run took in all. */
    static double seconds(Provenance made) {
        return Duration.between(Instant.parse(made.start()), Instant.parse(made.end()))
                        .toMillis()
                / 1000.0;
    }

    private String whyUnscored(Scores heldOut) {
        return "it has no " + tuning.rankedBy().word() + " to be ranked by"
                + heldOut.whyNoR2()
                        .map(reason -> ": of the validation examples " + reason)
                        .orElse("");
    }

    private synchronized OptionalDouble take(Candidate result, Experiment experiment, boolean before) {
        results.put(result.index(), result);
        boolean isBest = result.counts() && isBetter(result);
        if (isBest) {
            best = result;
            bestExperiment = experiment;
        }
        watcher.ended(result, before, isBest);
        return result.counts() ? OptionalDouble.of(result.score()) : OptionalDouble.empty();
    }

    /** Of equal ones the first drawn is the better, whichever ended first. */
    private boolean isBetter(Candidate result) {
        return best == null
                || tuning.rankedBy().isBetter(result.score(), best.score())
                || (result.score().equals(best.score()) && result.index() < best.index());
    }
}
