package dev.featuremap.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.TrainingSpec.Abandon;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.run.OwnedDirectory;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.TuningResult;
import dev.featuremap.run.TuningResult.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningRunTest {
    /** Values for the spaces of {@link Tunings}: all of them, with another learning rate each. */
    private static final double[][] POINTS = {
        {2, 0, 0.1, 0, 0, 0, 0.001}, {3, 1, 0.2, 1, 1, 1, 0.02}, {4, 1, 0.3, 2, 0, 1, 0.1}, {2, 0, 0.1, 0, 0, 1, 0.0005}
    };

    @TempDir
    Path folder;

    @Test
    void scoresOnValidationDataOnlyAndTrainsTheBestOnAllOfIt() throws IOException {
        FakeCandidates runs = new FakeCandidates(FakeCandidates::byLearningRate);

        TuningResult result = tune(runs);

        assertThat(runs.made)
                .extracting(run -> run.experiment().training().validationShare().orElse(0.0))
                .containsExactly(0.2, 0.2, 0.2, 0.2, 0.0);
        assertThat(runs.made)
                .extracting(run -> run.experiment().training().measureTest())
                .containsExactly(false, false, false, false, true);
        assertThat(result.best().index()).isEqualTo(1);
        assertThat(result.best().parameters()).containsEntry("training.updater.learningRate", 0.02);
        Experiment best = ExperimentFile.read(Path.of(result.bestFile()), List.of());
        assertThat(best).isEqualTo(last(runs).experiment());
        assertThat(last(runs).folder()).isEqualTo(folder.resolve("t/best-001"));
        assertThat(result.candidates()).extracting(Candidate::index).containsExactly(0, 1, 2, 3);
        assertThat(result.candidates().get(1).score())
                .isEqualTo(result.best().validation().accuracy());
        assertThat(folder.resolve("t/tuning.json"))
                .content()
                .contains("\"best_file\"")
                .contains("\"run_dir\"");
    }

    @Test
    void repeatsNoCandidate() throws IOException {
        tune(new FakeCandidates(FakeCandidates::byLearningRate));
        String before = Files.readString(folder.resolve("t/tuning.json"));
        FakeCandidates again = new FakeCandidates(FakeCandidates::byLearningRate);

        tune(again);

        assertThat(again.made).isEmpty();
        assertThat(folder.resolve("t/tuning.json")).hasContent(before);
    }

    @Test
    void marksCandidatesThatDivergeOrCannotBeBuiltAndRepeatsNeither() throws IOException {
        FakeCandidates runs = new FakeCandidates(experiment -> {
            double rate = FakeCandidates.byLearningRate(experiment);
            return experiment.loss().equals(java.util.Optional.of(Loss.MSE)) ? Double.NaN : rate < 0.45 ? -1 : rate;
        });

        TuningResult result = tune(runs);
        FakeCandidates again = new FakeCandidates(FakeCandidates::byLearningRate);
        tune(again);

        assertThat(result.candidates())
                .extracting(Candidate::status)
                .containsExactly(RunStatus.DIVERGED, RunStatus.DONE, RunStatus.DONE, RunStatus.FAILED);
        assertThat(result.candidates().get(0).cause()).isEqualTo("training diverged: the loss is NaN at step 3");
        assertThat(result.candidates().get(3).cause()).contains("a kernel of 9x9 is larger than its input");
        assertThat(again.made).isEmpty();
    }

    @Test
    void marksValuesThatDoNotGoTogether() throws IOException {
        Path file = Tunings.file(folder);
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("kernel: 3", "kernel: 3, mode: {choice: [truncate, same]}, padding: {int: [0, 1]}"));
        Tuning tuning = TuningFile.read(file, List.of());
        FakeCandidates runs = new FakeCandidates(FakeCandidates::byLearningRate);

        TuningResult result = tune(
                tuning, runs, new double[][] {{2, 1, 1, 0, 0.1, 0, 0, 1, 0.001}, {2, 1, 0, 0, 0.1, 0, 0, 1, 0.001}});

        assertThat(result.candidates()).extracting(Candidate::status).containsExactly(RunStatus.FAILED, RunStatus.DONE);
        assertThat(result.candidates().get(0).cause())
                .contains("experiment.network.layers[0].padding: found 1; allowed: 0 when mode is same");
        assertThat(result.candidates().get(0).runDir()).isNull();
    }

    @Test
    void failsAsTheFirstCandidateWhenNoneHasAScore() throws IOException {
        FakeCandidates runs = new FakeCandidates(experiment -> Double.NaN);

        assertThatThrownBy(() -> tune(runs)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.DIVERGED);
            assertThat(failure)
                    .hasMessage("none of the 4 candidates has a score; the first: training diverged: the loss is NaN at"
                            + " step 3");
        });
    }

    @Test
    void takesTheFirstDrawnOfEqualCandidates() throws IOException {
        TuningResult result = tune(Tunings.in(folder), new FakeCandidates(experiment -> 0.9), POINTS, true);

        assertThat(result.best().index()).isZero();
    }

    @Test
    void choosesTheEpochOnValidationDataAlone() throws IOException {
        FakeCandidates runs = new FakeCandidates(FakeCandidates::byLearningRate);
        Tuning tuning = Tunings.in(folder, "training.keepBest=true", "training.earlyStopping={patience: 2}");

        tune(tuning, runs, POINTS);

        Experiment best = last(runs).experiment();
        assertThat(runs.made.peek().experiment().training().keepBest()).isTrue();
        assertThat(best.training().epochs()).isEqualTo(1);
        assertThat(best.training().keepBest()).isFalse();
        assertThat(best.training().earlyStopping()).isEmpty();
        assertThat(best.training().hasValidation()).isFalse();
    }

    @Test
    void goesOnWithMoreCandidatesButWithNoOtherSearch() throws IOException {
        try (OwnedDirectory owned = Tunings.in(folder).open(folder.resolve("t"))) {
            Files.createDirectories(new TuningDirectory(owned.path()).candidate(0));
        }
        Tunings.in(folder, "tune.candidates=20", "tune.minutes=3")
                .open(folder.resolve("t"))
                .close();
        assertThat(folder.resolve("t/tuning.yaml"))
                .content()
                .contains("candidates: 20")
                .contains("minutes: 3");

        Tuning other = Tunings.in(folder, "tune.seed=4");
        assertThatThrownBy(() -> other.open(folder.resolve("t")))
                .isInstanceOf(Failure.class)
                .hasMessage(folder.resolve("t")
                        + " holds another search; in its tuning.yaml stands [seed: 3], asked for is [seed: 4]");
    }

    @Test
    void beginsNoCandidateWhenTheTimeIsOver() throws IOException {
        FakeCandidates runs = new FakeCandidates(FakeCandidates::byLearningRate);

        assertThatThrownBy(() -> tune(Tunings.in(folder, "tune.minutes=1e-9"), runs, POINTS))
                .isInstanceOf(Failure.class)
                .hasMessage("no candidate was begun in the time there was");
        assertThat(runs.made).isEmpty();
    }

    @Test
    void tellsOfEachCandidateWhetherItIsTheBestAndWasMadeBefore() throws IOException {
        List<String> told = new ArrayList<>();
        TuningWatcher watcher = new TuningWatcher() {
            @Override
            public void ended(Candidate candidate, boolean before, boolean best) {
                told.add(candidate.index() + (before ? " before" : "") + (best ? " best" : ""));
            }

            @Override
            public void training(Candidate best) {
                told.add("training " + best.index());
            }
        };

        run(Tunings.in(folder), watcher, this::evaluateAll);
        assertThat(told).containsExactly("0 best", "1 best", "2", "3", "training 1");

        told.clear();
        run(Tunings.in(folder), watcher, this::evaluateAll);
        assertThat(told).containsExactly("0 before best", "1 before best", "2 before", "3 before", "training 1");
    }

    @Test
    void tellsWhyNoMoreWereDrawnAndFromWhichSpaces() throws IOException {
        Tuning tuning = Tunings.in(folder);
        TuningResult result = tune(new FakeCandidates(FakeCandidates::byLearningRate));
        assertThat(result.ended()).isEqualTo("spaces");
        assertThat(result.spaces())
                .contains(
                        new TuningResult.Space("network.layers[0].filters", "whole", 2.0, 4.0, null),
                        new TuningResult.Space("loss", "choice", null, null, List.of("mse", "mcxent")));
        assertThat(ExperimentFile.read(folder.resolve("t/candidates/002.yaml"), List.of()))
                .isEqualTo(tuning.experiment().at(POINTS[2]));

        assertThat(run(Tunings.in(folder, "tune.candidates=4"), TuningWatcher.NONE, this::evaluateAll)
                        .ended())
                .isEqualTo("candidates");
        TuningResult late = run(Tunings.in(folder, "tune.minutes=1e-9"), TuningWatcher.NONE, evaluation -> {
            evaluation.evaluate(0, POINTS[0]);
            assertThat(evaluation.mayBegin()).isFalse();
        });
        assertThat(late.ended()).isEqualTo("minutes");
    }

    @Test
    void knowsCandidatesThatAreTheSameInAllThatMatters() throws IOException {
        run(Tunings.in(folder), TuningWatcher.NONE, evaluation -> {
            evaluateAll(evaluation);
            double[] sameWithoutDropout = POINTS[0].clone();
            sameWithoutDropout[2] = 0.4;
            assertThat(evaluation.identity(sameWithoutDropout)).isEqualTo(evaluation.identity(POINTS[0]));
            assertThat(evaluation.identity(POINTS[1])).isNotEqualTo(evaluation.identity(POINTS[0]));
        });
    }

    @Test
    void tellsWhenEachCandidateBeganAndHowLongItTook() throws IOException {
        TuningResult result = tune(new FakeCandidates(FakeCandidates::byLearningRate));

        assertThat(result.candidates()).allSatisfy(candidate -> {
            assertThat(candidate.epochs()).isEqualTo(2);
            assertThat(candidate.start()).isEqualTo("2026-11-24T10:00:00Z");
            assertThat(candidate.seconds()).isEqualTo(1.5);
        });
    }

    @Test
    void tellsTheTestScoresOfTheBestOnAllData() throws IOException {
        TuningResult result = tune(new FakeCandidates(
                experiment -> experiment.training().measureTest() ? 0.25 : FakeCandidates.byLearningRate(experiment)));

        assertThat(result.best().validation().accuracy())
                .isEqualTo(result.candidates().get(1).score());
        assertThat(result.best().test().accuracy()).isEqualTo(0.25);
    }

    @Test
    void failsAsTheBestDoesOnAllData() throws IOException {
        FakeCandidates diverging = new FakeCandidates(experiment ->
                experiment.training().measureTest() ? Double.NaN : FakeCandidates.byLearningRate(experiment));

        assertThatThrownBy(() -> tune(diverging)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.DIVERGED);
            assertThat(failure)
                    .hasMessage("the best candidate, 1, diverged on all training data: training diverged: the loss is"
                            + " NaN at step 3");
            assertThat(failure.remedy()).isEqualTo("lower the rate");
        });
    }

    @Test
    void ranksNoneByAnR2ThatItsValuesDoNotHave() throws IOException {
        Tuning tuning = TuningFile.parse("""
                name: values
                candidates: 4
                experiment:
                  name: lines
                  data: {source: mnist, label: value}
                  network: {layers: [{type: output, units: 1, activation: identity}]}
                  loss: mse
                  training: {epochs: 2, batchSize: 10, updater: {type: adam, learningRate: {log: [1e-4, 1e-1]}}}
                """, "values.yaml");
        double[][] rates = {{0.001}, {0.01}};

        assertThatThrownBy(() -> tune(tuning, new FakeCandidates(experiment -> 2), rates))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
                    assertThat(failure)
                            .hasMessage("none of the 2 candidates has a score; the first: it has no r2 to be ranked by:"
                                    + " of the validation examples all labels are the same");
                    assertThat(failure.remedy()).isEqualTo("rank by another metric, such as tune.metric=mse");
                });
    }

    @Test
    void saysHowToTryACandidateThatFailed() throws IOException {
        for (double reached : new double[] {-1, Double.NaN}) {
            Tuning tuning = Tunings.in(folder);
            Path its = folder.resolve("t" + reached);
            FakeCandidates runs = new FakeCandidates(experiment -> reached);
            try (OwnedDirectory owned = tuning.open(its)) {
                TuningRun run =
                        new TuningRun(tuning, new TuningDirectory(owned.path()), runs, runs, TuningWatcher.NONE);
                assertThatThrownBy(() -> run.run(this::evaluateAll))
                        .isInstanceOfSatisfying(
                                Failure.class,
                                failure -> assertThat(failure.remedy())
                                        .isEqualTo(
                                                "try one by itself: featuremap train " + its + "/candidates/000.yaml"));
            }
        }
    }

    /** Eight in turn: the fourth's place is the first that may be measured against three, but only its own lag lets the seventh be. */
    @Test
    void stopsThoseBehindTheMedianOfTheOnesDrawnLongBefore() throws IOException {
        FakeCandidates runs = new FakeCandidates(FakeCandidates::byLearningRate);
        double[][] twice = Stream.of(POINTS, POINTS).flatMap(Stream::of).toArray(double[][]::new);

        Tuning tuning = Tunings.in(folder, "tune.candidates=8", "tune.earlyStopping=median");
        TuningResult result = tune(tuning, runs, twice);

        assertThat(tuning.lag()).isEqualTo(4);
        List<PlannedRun> made = List.copyOf(runs.made);
        double median = result.candidates().get(0).score(); // of those of 1e-3, 2e-2 and 1e-1
        assertThat(made.subList(0, 6))
                .allMatch(run -> run.experiment().training().abandon().isEmpty());
        assertThat(made.get(6).experiment().training().abandon())
                .contains(new Abandon(Metric.ACCURACY, List.of(median, median)));
        assertThat(made.get(7).experiment().training().abandon())
                .hasValueSatisfying(abandon -> assertThat(abandon.behind()).hasSize(2));
        assertThat(last(runs).experiment().training().abandon()).isEmpty();
    }

    @Test
    void stopsNoneWhereItIsNotAskedTo() throws IOException {
        FakeCandidates runs = new FakeCandidates(FakeCandidates::byLearningRate);
        double[][] twice = Stream.of(POINTS, POINTS).flatMap(Stream::of).toArray(double[][]::new);

        tune(Tunings.in(folder, "tune.candidates=8"), runs, twice);

        assertThat(runs.made)
                .noneMatch(run -> run.experiment().training().abandon().isPresent());
    }

    private void evaluateAll(Search.Evaluation evaluation) {
        for (int index = 0; index < POINTS.length; index++) {
            evaluation.evaluate(index, POINTS[index]);
        }
    }

    /** Into a folder of the search's own. */
    private TuningResult run(Tuning tuning, TuningWatcher watcher, Search search) {
        FakeCandidates runs = new FakeCandidates(FakeCandidates::byLearningRate);
        Path its = folder.resolve("t" + tuning.candidates() + tuning.minutes());
        try (OwnedDirectory owned = tuning.open(its)) {
            return new TuningRun(tuning, new TuningDirectory(owned.path()), runs, runs, watcher).run(search);
        }
    }

    private TuningResult tune(FakeCandidates runs) throws IOException {
        return tune(Tunings.in(folder), runs, POINTS);
    }

    private TuningResult tune(Tuning tuning, FakeCandidates runs, double[][] points) {
        return tune(tuning, runs, points, false);
    }

    private TuningResult tune(Tuning tuning, FakeCandidates runs, double[][] points, boolean lastFirst) {
        List<Integer> order = Stream.iterate(0, i -> i + 1)
                .limit(points.length)
                .sorted(lastFirst ? Comparator.reverseOrder() : Comparator.naturalOrder())
                .toList();
        try (OwnedDirectory owned = tuning.open(folder.resolve("t"))) {
            TuningDirectory directory = new TuningDirectory(owned.path());
            return new TuningRun(tuning, directory, runs, runs, TuningWatcher.NONE).run(evaluation -> {
                for (int index : order) {
                    if (evaluation.mayBegin()) {
                        OptionalDouble score = evaluation.evaluate(index, points[index]);
                        assertThat(score.orElse(1)).isBetween(0.0, 1.0);
                    }
                }
            });
        }
    }

    private static PlannedRun last(FakeCandidates runs) {
        return List.copyOf(runs.made).get(runs.made.size() - 1);
    }
}
