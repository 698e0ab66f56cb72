package dev.featuremap.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Loss;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.run.OwnedDirectory;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.TuningDirectory;
import dev.featuremap.run.TuningResult;
import dev.featuremap.run.TuningResult.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Tuning tuning = Tunings.in(folder, "training.keepBest=true", "training.earlyStopping={patience: 1}");

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
