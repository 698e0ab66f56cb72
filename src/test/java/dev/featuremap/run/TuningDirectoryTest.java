package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.TuningResult.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningDirectoryTest {
    @TempDir
    Path folder;

    private TuningDirectory directory;

    @BeforeEach
    void directory() {
        directory = new TuningDirectory(folder);
    }

    @Test
    void hasAFolderAndAFilePerCandidateAndForTheBest() {
        Experiment experiment = ExperimentFile.parse(
                "{name: x, data: {source: xo}, network: {saved: n.json}, training: {epochs: 1}}", "x.yaml", List.of());
        directory.writeCandidate(7, experiment);
        directory.writeCandidate(12, experiment);
        directory.writeBest(experiment);

        assertThat(directory.candidate(7)).isEqualTo(folder.resolve("candidates/007"));
        assertThat(directory.best(7)).isEqualTo(folder.resolve("best-007"));
        assertThat(directory.reportFile()).isEqualTo(folder.resolve("report.html"));
        for (String file : List.of("candidates/007.yaml", "candidates/012.yaml", "best.yaml")) {
            assertThat(ExperimentFile.read(folder.resolve(file), List.of())).isEqualTo(experiment);
        }
    }

    @Test
    void hasEndedWhenItsResultIsThere() throws IOException {
        assertThat(directory.isUnfinished()).isFalse();
        Files.writeString(folder.resolve("tuning.yaml"), "");
        assertThat(directory.isUnfinished()).isTrue();
        assertThat(directory.hasResult()).isFalse();
        assertThatThrownBy(directory::result)
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.remedy())
                                .isEqualTo("name the folder of a search that a tune command has finished"));

        directory.write(result(true));

        assertThat(directory.isUnfinished()).isFalse();
        assertThat(directory.hasResult()).isTrue();
        assertThat(directory.result()).isEqualTo(result(true));
    }

    @Test
    void ranksTheCandidatesThatCount() {
        assertThat(result(true).ranked()).extracting(Candidate::index).containsExactly(2, 0, 1);
        assertThat(result(false).ranked()).extracting(Candidate::index).containsExactly(1, 0, 2);
    }

    @Test
    void refusesAResultWithoutABest() {
        assertThatThrownBy(() -> new TuningResult(
                        "s", "random", 1, "mse", false, 0.2, "candidates", null, null, null, null, "best.yaml"))
                .hasMessage("it has no best candidate");
    }

    private static TuningResult result(boolean higherIsBetter) {
        Scores scores = new Scores(10, 0.5, 0.9, 0.1, 0.1, null, null, null);
        return new TuningResult(
                "s",
                "random",
                1,
                "accuracy",
                higherIsBetter,
                0.2,
                "candidates",
                List.of(new TuningResult.Space("rate", "log", 0.1, 1.0, null)),
                List.of(
                        candidate(0, RunStatus.DONE, 0.5),
                        candidate(1, RunStatus.DONE, 0.25),
                        candidate(2, RunStatus.STOPPED_EARLY, 0.75),
                        candidate(3, RunStatus.ABANDONED, 0.9),
                        candidate(4, RunStatus.FAILED, null)),
                List.of(new TuningResult.Importance("rate", 0.5, 0.25, 12)),
                new TuningResult.Best(2, Map.of("rate", 0.5), scores, scores, "best-002"),
                "best.yaml");
    }

    private static Candidate candidate(int index, RunStatus status, Double score) {
        return new Candidate(index, Map.of("rate", 0.5), status, null, score, 1, null, null, "run");
    }
}
