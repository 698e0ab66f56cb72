package dev.featuremap.run;

import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether the files of one run tell the same of it, be it ended, going on, or cut wherever. What one file can contradict in itself,
 * the record that reads it refuses; a file that is not there tells nothing.
 */
final class RunConsistency {
    private static final String RESULT = RunDirectory.RESULT;
    private static final String EXPERIMENT = RunDirectory.EXPERIMENT;
    private static final String METRICS = RunDirectory.METRICS;
    private static final String INPUT = RunDirectory.INPUT;
    private static final String PROVENANCE = RunDirectory.PROVENANCE;
    /** Seconds in {@code metrics.csv} have three decimals, examples per second one. */
    private static final double SECONDS_ROUNDING = 0.000_51;

    private static final double SPEED_ROUNDING = 0.051;

    private final Agreement agreement;
    private final Experiment experiment;
    private final TrainingSpec training;
    private final Optional<RunResult> result;
    private final Optional<Provenance> provenance;
    private final Optional<ModelInput> input;
    private final Optional<Checkpoint> checkpoint;
    private final List<MetricsRow> rows;
    private final List<MetricsRow> watched;
    private final RunDirectory run;

    RunConsistency(RunDirectory run) {
        this.run = run;
        agreement = new Agreement(run.path());
        experiment = run.experiment();
        training = experiment.training();
        result = run.hasResult() ? Optional.of(run.result()) : Optional.empty();
        provenance = result.flatMap(ended -> run.provenance());
        input = run.modelInput();
        checkpoint = run.checkpoints().newestWithoutModel();
        // Read after the checkpoint: while a run is going on, it may be ahead of it.
        rows = run.metricsRows();
        watched = MetricsRow.watched(rows);
    }

    /** @throws dev.featuremap.Failure (model) naming two files that contradict each other, and what each says */
    void require() {
        result.ifPresent(ended -> {
            requireExperiment(ended);
            if (!rows.isEmpty()) {
                requireMetrics(ended);
            }
            requireSteps(ended);
            provenance.ifPresent(made -> requireProvenance(ended, made));
            if (ended.status() != RunStatus.DIVERGED) {
                new AnswersConsistency(agreement, ended, experiment, run).require();
            }
        });
        input.ifPresent(this::requireInput);
        checkpoint.ifPresent(saved -> requireCheckpoint(saved, name(saved)));
    }

    private void requireExperiment(RunResult ended) {
        RunStatus status = ended.status();
        agreement.same("name", RESULT, ended.name(), EXPERIMENT, experiment.name());
        agreement.same("seed", RESULT, ended.seed(), EXPERIMENT, experiment.seed());
        agreement.same("engine", RESULT, ended.training().engine(), EXPERIMENT, engine());
        agreement.same(
                "precision",
                RESULT,
                ended.training().precision(),
                EXPERIMENT,
                training.precision().word());
        agreement.same("chosen_by", RESULT, ended.chosenBy(), EXPERIMENT, RunResult.chosenBy(training));
        boolean went = switch (status) {
            case DONE -> ended.epochs() == training.epochs();
            case STOPPED_EARLY ->
                ended.epochs() <= training.epochs() && training.earlyStopping().isPresent();
            case ABANDONED ->
                ended.epochs() < training.epochs() && training.abandon().isPresent();
            case DIVERGED -> ended.epochs() <= training.epochs() && provenance.isEmpty();
            case FAILED, GOING_ON, NOT_FINISHED -> false;
        };
        String told = status.word() + " after " + ended.epochs() + " epochs";
        agreement.holds(went, "the end", RESULT, told, EXPERIMENT, training.epochs() + " epochs");
        agreement.holds(
                ended.bestEpoch() == null || training.keepBest(),
                "best_epoch",
                RESULT,
                ended.bestEpoch(),
                EXPERIMENT,
                "keepBest: false");
        if (status != RunStatus.DIVERGED) {
            boolean measured = ended.test() != null;
            agreement.holds(
                    measured || !training.measureTest(), "scores on the test data", RESULT, measured, EXPERIMENT, true);
            agreement.holds(run.hasModel(), "a model", RESULT, true, RunDirectory.MODEL, false);
        }
    }

    private void requireSteps(RunResult ended) {
        List<StepRow> steps = run.stepRows();
        if (!steps.isEmpty()) {
            long last = steps.get(steps.size() - 1).step();
            agreement.holds(last <= ended.steps(), "steps", RunDirectory.STEPS, last, RESULT, ended.steps());
        }
    }

    private String engine() {
        return training.engine() == TrainingSpec.Engine.AUTO
                ? null
                : training.engine().name().toLowerCase(Locale.ROOT);
    }

    private void requireMetrics(RunResult ended) {
        MetricsRow last = watched.get(watched.size() - 1);
        agreement.same("epochs", RESULT, ended.epochs(), METRICS, last.epoch());
        agreement.holds(
                ended.status() == RunStatus.DIVERGED ? ended.steps() >= last.step() : ended.steps() == last.step(),
                "steps",
                RESULT,
                ended.steps(),
                METRICS,
                last.step());
        requireBest(RESULT, "best_epoch", ended.bestEpoch(), training.keepBestBy(), 0);
        requireEarlyStop(ended);
        if (ended.parametersSha256() != null) {
            MetricsRow kept = watched.get((ended.bestEpoch() == null ? ended.epochs() : ended.bestEpoch()) - 1);
            requireScores(RESULT, kept.split() == Split.TEST ? ended.test() : ended.validation(), kept);
            MetricsRow end = rows.get(rows.size() - 1);
            if (end.split() == Split.TEST && kept.split() != Split.TEST) {
                agreement.same("the epoch of the test scores", METRICS, end.epoch(), RESULT, kept.epoch());
                requireScores(RESULT, ended.test(), end);
            }
        }
        requireTimes(ended.training());
    }

    /** Of what is chosen by a metric that {@code metrics.csv} holds. */
    private void requireBest(String file, String what, Integer epoch, Metric metric, double minDelta) {
        if (epoch != null) {
            bestEpoch(watched, metric, minDelta).ifPresent(best -> agreement.same(what, file, epoch, METRICS, best));
        }
    }

    private void requireEarlyStop(RunResult ended) {
        boolean tells = ended.status() == RunStatus.DONE || ended.status() == RunStatus.STOPPED_EARLY;
        if (tells && training.earlyStopping().isPresent()) {
            TrainingSpec.EarlyStopping stopping = training.earlyStopping().get();
            bestEpoch(watched, stopping.metric(), stopping.minDelta()).ifPresent(best -> {
                boolean stops = ended.epochs() - best >= stopping.patience();
                agreement.same("stopped early", RESULT, ended.status() == RunStatus.STOPPED_EARLY, METRICS, stops);
            });
        }
    }

    /** The first epoch whose value is better by more than the least difference than the best before. */
    private static OptionalInt bestEpoch(List<MetricsRow> watched, Metric metric, double minDelta) {
        OptionalInt best = OptionalInt.empty();
        double value = Double.NaN;
        for (MetricsRow row : watched) {
            if (row.value(metric).isEmpty()) {
                return OptionalInt.empty(); // not among the columns
            }
            double found = row.value(metric).getAsDouble();
            double gain = metric.isBetterWhenHigher() ? found - value : value - found;
            if (best.isEmpty() || gain > minDelta) {
                best = OptionalInt.of(row.epoch());
                value = found;
            }
        }
        return best;
    }

    private void requireScores(String file, Scores scores, MetricsRow row) {
        if (scores != null) {
            String of = " on " + row.split().word() + " data";
            agreement.same("loss" + of, file, scores.loss(), METRICS, row.loss());
            agreement.same("accuracy" + of, file, scores.accuracy(), METRICS, row.accuracy());
            agreement.same("mse" + of, file, scores.mse(), METRICS, row.mse());
            agreement.same("mae" + of, file, scores.mae(), METRICS, row.mae());
        }
    }

    private void requireTimes(RunResult.Training told) {
        List<MetricsRow> epochs = rows.stream().filter(MetricsRow::isTrain).toList();
        requireSeconds(RESULT, told.seconds(), epochs);
        double examples = told.seconds() * told.examplesPerSecond() / epochs.size();
        for (MetricsRow row : epochs) {
            double rounding = SECONDS_ROUNDING * row.examplesPerSecond() + SPEED_ROUNDING * (row.seconds() + 1);
            agreement.near(
                    "training examples by time and speed",
                    RESULT,
                    examples,
                    METRICS,
                    row.seconds() * row.examplesPerSecond(),
                    rounding);
        }
        long steps = rows.get(0).step();
        long batch = training.batchSize();
        agreement.holds(
                told.seconds() == 0 || Math.abs(examples - steps * batch) < batch + 0.5,
                "training examples by time and speed, and steps of an epoch",
                RESULT,
                examples,
                METRICS,
                steps);
    }

    private void requireSeconds(String file, double seconds, List<MetricsRow> epochs) {
        double sum = epochs.stream().mapToDouble(MetricsRow::seconds).sum();
        agreement.near("seconds of training", file, seconds, METRICS, sum, SECONDS_ROUNDING * (epochs.size() + 1));
    }

    private void requireInput(ModelInput told) {
        result.ifPresent(ended -> agreement.same("pictures and classes", RESULT, ended.data(), INPUT, told.data()));
        boolean inverts = experiment.data() instanceof DataSpec.Images images && images.invert();
        agreement.same("invert", INPUT, told.invert(), EXPERIMENT, inverts);
        agreement.same(
                "scaling",
                INPUT,
                told.scaling().known(),
                EXPERIMENT,
                experiment.data().scaling());
    }

    private void requireProvenance(RunResult ended, Provenance made) {
        String seed = made.seeds().get("run");
        agreement.same("seed", PROVENANCE, seed, EXPERIMENT, Long.toString(experiment.seed()));
        List<Long> resumed = resumedAtSteps(made);
        agreement.holds(
                resumed.stream().allMatch(step -> step <= ended.steps()),
                "resumed_at_steps",
                PROVENANCE,
                resumed,
                RESULT,
                ended.steps() + " steps");
    }

    private static String name(Checkpoint saved) {
        return "checkpoints/" + saved.folder().getFileName() + "/state.json";
    }

    private void requireCheckpoint(Checkpoint saved, String file) {
        TrainingState state = saved.training();
        RunHistory history = saved.history();
        agreement.same(
                "the experiment",
                file,
                RunHistory.lasting(history.experiment(file)),
                EXPERIMENT,
                RunHistory.lasting(experiment));
        agreement.same("engine", file, history.engine(), EXPERIMENT, engine());
        result.ifPresent(ended -> {
            agreement.holds(state.step() <= ended.steps(), "step", file, state.step(), RESULT, ended.steps());
        });
        provenance.ifPresent(made -> {
            List<Long> resumed = resumedAtSteps(made);
            int known = Math.min(resumed.size(), history.resumedAtSteps().size());
            agreement.same("data_sha256", file, history.dataSha256(), PROVENANCE, made.dataSha256());
            agreement.same("start", file, history.start(), PROVENANCE, made.start());
            agreement.same("resumed_at_steps", file, history.resumedAtSteps(), PROVENANCE, resumed.subList(0, known));
        });
        List<MetricsRow> until = saved.metrics();
        int both = Math.min(until.size(), rows.size());
        String its = file.replace("state.json", METRICS);
        agreement.same("rows", its, until.subList(0, both), METRICS, rows.subList(0, both));
        requireState(state, file, until);
    }

    private void requireState(TrainingState state, String file, List<MetricsRow> until) {
        List<MetricsRow> epochs = until.stream().filter(MetricsRow::isTrain).toList();
        List<MetricsRow> scored = MetricsRow.watched(until);
        agreement.same("epochs that have ended", file, state.epoch() - 1, METRICS, epochs.size());
        requireSeconds(file, state.seconds(), epochs);
        if (epochs.isEmpty()) {
            return;
        }
        agreement.same(
                "steps of an epoch",
                file,
                state.stepsPerEpoch().getAsLong(),
                METRICS,
                epochs.get(0).step());
        input.ifPresent(told -> agreement.same("classes", file, state.scores().classNames(), INPUT, told.classes()));
        requireScores(file, state.scores(), scored.get(scored.size() - 1));
        requireBest(file, scored, state.best(), training.keepBestBy(), 0);
        training.earlyStopping()
                .ifPresent(
                        stopping -> requireBest(file, scored, state.watched(), stopping.metric(), stopping.minDelta()));
        if (state.kept() != null) {
            agreement.same(
                    "the epoch kept",
                    file,
                    state.kept().epoch(),
                    file,
                    state.best().epoch());
            agreement.same(
                    "classes",
                    file,
                    state.kept().scores().classNames(),
                    file,
                    state.scores().classNames());
            requireScores(file, state.kept().scores(), scored.get(state.kept().epoch() - 1));
        }
    }

    private void requireBest(
            String file, List<MetricsRow> scored, TrainingState.Best best, Metric metric, double minDelta) {
        if (best != null) {
            bestEpoch(scored, metric, minDelta).ifPresent(epoch -> {
                agreement.same("the best epoch", file, best.epoch(), METRICS, epoch);
                agreement.same(
                        "the best value",
                        file,
                        best.value(),
                        METRICS,
                        scored.get(epoch - 1).value(metric).getAsDouble());
            });
        }
    }

    private static List<Long> resumedAtSteps(Provenance made) {
        return made.resumedAtSteps() == null ? List.of() : made.resumedAtSteps();
    }
}
