package dev.featuremap.tune;

import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.Agreement;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.TuningResult;
import dev.featuremap.run.TuningResult.Candidate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether {@code tuning.json} tells of what was searched, of the runs that are there, and what follows from them. */
public final class TuningConsistency {
    private static final String RESULT = "tuning.json";

    private final TuningDirectory directory;
    private final Agreement agreement;
    private final TuningResult told;

    private TuningConsistency(TuningDirectory directory) {
        this.directory = directory;
        this.agreement = new Agreement(directory.path());
        this.told = directory.result();
    }

    /**
     * Makes sure of it.
     *
     * @throws dev.featuremap.Failure (model) naming two files that contradict each other, and what each says
     */
    public static void require(TuningDirectory directory) {
        TuningConsistency consistency = new TuningConsistency(directory);
        Path file = directory.path().resolve(TuningDirectory.TUNING);
        if (RegularFiles.isFile(file)) {
            consistency.requirePlan(TuningFile.read(file, List.of()));
        }
        consistency.requireBest();
    }

    private void requirePlan(Tuning planned) {
        String other = TuningDirectory.TUNING;
        Metric metric = planned.rankedBy();
        List<TuningResult.Space> spaces = new ArrayList<>();
        planned.experiment().spaces().forEach((key, space) -> spaces.add(TuningRun.told(key, space)));
        agreement.same("name", RESULT, told.name(), other, planned.name());
        String generator = planned.generator().name().toLowerCase(Locale.ROOT);
        agreement.same("generator", RESULT, told.generator(), other, generator);
        agreement.same("seed", RESULT, told.seed(), other, planned.seed());
        agreement.same("metric", RESULT, told.metric(), other, metric.word());
        agreement.same("higher_is_better", RESULT, told.higherIsBetter(), other, metric.isBetterWhenHigher());
        agreement.same("validation_share", RESULT, told.validationShare(), other, planned.validationShare());
        agreement.same("spaces", RESULT, told.spaces(), other, spaces);
        agreement.holds(
                switch (told.ended()) {
                    case "candidates" ->
                        planned.candidates()
                                .filter(n -> n == told.candidates().size())
                                .isPresent();
                    case "minutes" -> planned.minutes().isPresent();
                    default -> told.ended().equals("spaces");
                },
                "the end",
                RESULT,
                told.ended() + " after " + told.candidates().size(),
                other,
                planned.candidates());
        for (int i = 0; i < told.candidates().size(); i++) {
            Candidate candidate = told.candidates().get(i);
            agreement.same("the place of a candidate", RESULT, candidate.index(), RESULT, i);
            ended(directory.candidate(i)).ifPresent(run -> requireRun(candidate, run, metric));
        }
    }

    private static Optional<RunDirectory> ended(Path folder) {
        return RegularFiles.isFolder(folder) ? RunDirectory.ended(folder) : Optional.empty();
    }

    private void requireRun(Candidate candidate, RunDirectory run, Metric metric) {
        run.requireConsistent();
        RunResult result = run.result();
        String of = " of candidate " + candidate.index();
        String file = directory.path().relativize(directory.candidate(candidate.index())) + "/result.json";
        OptionalDouble score = result.validation() == null || result.status() == RunStatus.DIVERGED
                ? OptionalDouble.empty()
                : result.validation().value(metric);
        Double scored = score.isPresent() ? (Double) score.getAsDouble() : null;
        agreement.holds(
                candidate.score() == null ? scored == null : candidate.score().equals(scored),
                "the score" + of,
                RESULT,
                candidate.score(),
                file,
                scored);
        boolean failed = scored == null && result.status() != RunStatus.DIVERGED;
        agreement.same(
                "the status" + of, RESULT, candidate.status(), file, failed ? RunStatus.FAILED : result.status());
        agreement.same("epochs" + of, RESULT, candidate.epochs(), file, result.epochs());
        run.provenance().ifPresent(made -> {
            agreement.same("start" + of, RESULT, candidate.start(), file, made.start());
            agreement.same("seconds" + of, RESULT, candidate.seconds(), file, Candidates.seconds(made));
        });
    }

    private void requireBest() {
        List<Candidate> ranked = told.ranked();
        TuningResult.Best best = told.best();
        agreement.holds(!ranked.isEmpty(), "the best", RESULT, best.index(), RESULT, "no candidate with a score");
        agreement.same("the best", RESULT, best.index(), RESULT, ranked.get(0).index());
        agreement.same(
                "values of the best",
                RESULT,
                best.parameters(),
                RESULT,
                ranked.get(0).parameters());
        agreement.same(
                "importance",
                RESULT,
                shares(told.importance()),
                RESULT,
                shares(Importance.of(told.spaces(), told.candidates())));
        ended(directory.candidate(best.index()))
                .ifPresent(run -> agreement.same(
                        "validation scores of the best",
                        RESULT,
                        best.validation(),
                        "its run",
                        run.result().validation()));
        ended(directory.best(best.index())).ifPresent(run -> {
            run.requireConsistent();
            agreement.same(
                    "test scores of the best",
                    RESULT,
                    best.test(),
                    "its run",
                    run.result().test());
        });
    }

    /** To what versions agree on that added in another order. */
    private static List<String> shares(List<TuningResult.Importance> all) {
        return all.stream()
                .map(one -> String.format(
                        Locale.ROOT, "%s %.7f %.7f %d", one.key(), one.share(), one.correlation(), one.candidates()))
                .toList();
    }
}
