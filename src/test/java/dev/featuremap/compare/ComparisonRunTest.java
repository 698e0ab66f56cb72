package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.Failure;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.OwnedDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonRunTest {
    private static final Map<String, Double> ACCURACIES =
            Map.of("mse/seed-1", 0.9, "mse/seed-2", 0.95, "mae/seed-1", 0.8, "mae/seed-2", 0.83);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void makesEveryMemberWithEverySeed(int parallel) throws IOException {
        FakeRuns runs = FakeRuns.of(ACCURACIES);

        ComparisonResult result = run(plan(), runs, parallel);

        assertThat(runs.made).containsExactlyInAnyOrderElementsOf(ACCURACIES.keySet());
        assertThat(result.members()).extracting(Member::name).containsExactly("mse", "mae");
        assertThat(result.members().get(0).summary().get("accuracy").mean()).isCloseTo(0.925, within(1e-12));
        assertThat(result.members().get(1).runs()).extracting(RunOutcome::seed).containsExactly(1L, 2L);
        assertThat(result.differences()).extracting(Difference::metric).containsExactly("accuracy", "mse", "mae");
        assertThat(result.differences().get(0).mean()).isCloseTo(-0.11, within(1e-12));
    }

    @Test
    void writesTheFiguresAsJsonAndCsv() throws IOException {
        run(plan(), FakeRuns.of(ACCURACIES), 1);

        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("c/comparison.json").toFile());
        assertThat(json.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("name", "members", "differences", "conclusion");
        JsonNode mae = json.get("members").get(1);
        assertThat(mae.get("overrides").get(0).asText()).isEqualTo("loss=mae");
        assertThat(mae.get("runs").get(1).get("seed").asLong()).isEqualTo(2);
        assertThat(mae.get("runs").get(1).get("status").asText()).isEqualTo("done");
        assertThat(mae.get("runs").get(1).get("run_dir").asText()).endsWith("seed-2");
        assertThat(mae.get("runs").get(1).get("test").get("accuracy").asDouble())
                .isEqualTo(0.83);
        assertThat(mae.get("runs").get(1).has("cause")).isFalse();
        assertThat(mae.get("summary").get("accuracy").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("n", "mean", "sd", "ci95");
        assertThat(json.get("differences").get(0).properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("member", "against", "metric", "mean", "ci95", "effect_size");
        assertThat(Files.readString(folder.resolve("c/comparison.csv")))
                .startsWith("member,seed,status,metric,value\nmse,1,done,accuracy,0.9\nmse,1,done,mse,0.")
                .contains("\nmae,2,done,accuracy,0.83\n");
    }

    @Test
    void repeatsNothing() throws IOException {
        run(plan(), FakeRuns.of(ACCURACIES), 1);
        byte[] before = Files.readAllBytes(folder.resolve("c/comparison.json"));
        Files.delete(folder.resolve("c/comparison.json"));
        FakeRuns again = FakeRuns.of(Map.of());

        run(plan(), again, 1);

        assertThat(again.made).isEmpty();
        assertThat(folder.resolve("c/comparison.json")).hasBinaryContent(before);
    }

    @Test
    void makesWhatAnInterruptedOneLeftHalfDone() throws IOException {
        run(plan(), FakeRuns.of(ACCURACIES), 1);
        Files.delete(folder.resolve("c/mae/seed-1/result.json"));
        Files.writeString(folder.resolve("c/mae/seed-1/metrics.csv"), "half");
        FakeRuns again = FakeRuns.of(ACCURACIES);

        run(plan(), again, 1);

        assertThat(again.made).containsExactly("mae/seed-1");
        assertThat(folder.resolve("c/mae/seed-1/metrics.csv")).doesNotExist();
    }

    @Test
    void marksMembersThatDivergeOrFailAndGoesOn() throws IOException {
        Map<String, Double> accuracies = Map.of("mse/seed-1", Double.NaN, "mse/seed-2", 0.95, "mae/seed-2", 0.83);

        ComparisonResult result = run(plan(), FakeRuns.of(accuracies), 1);

        RunOutcome diverged = result.members().get(0).runs().get(0);
        assertThat(diverged.status()).isEqualTo(RunStatus.DIVERGED);
        assertThat(diverged.cause()).isEqualTo("training diverged: the loss is NaN at step 3");
        RunOutcome failed = result.members().get(1).runs().get(0);
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(failed.cause()).isEqualTo("no data for mae/seed-1");
        assertThat(result.members().get(1).summary().get("accuracy").n()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("c/comparison.csv"))).contains("\nmae,1,failed,accuracy,\n");
    }

    @Test
    void triesAFailedMemberAgainButNotADivergedOne() throws IOException {
        Map<String, Double> accuracies = Map.of("mse/seed-1", Double.NaN, "mse/seed-2", 0.95, "mae/seed-2", 0.83);
        run(plan(), FakeRuns.of(accuracies), 1);
        FakeRuns again = FakeRuns.of(ACCURACIES);

        ComparisonResult result = run(plan(), again, 1);

        assertThat(again.made).containsExactly("mae/seed-1");
        assertThat(result.members().get(1).runs().get(0).status()).isEqualTo(RunStatus.DONE);
        assertThat(result.members().get(0).runs().get(0).cause())
                .isEqualTo("training diverged: the loss is NaN at step 3");
    }

    @Test
    void failsWhenNoRunHasScores() {
        assertThatThrownBy(() -> run(plan(), FakeRuns.of(Map.of()), 1))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessage("none of the 4 runs has scores; the first: no data for mse/seed-1");
    }

    @Test
    void takesEachMembersBestLearningRateOnValidationData() throws IOException {
        List<PlannedRun> trials = new ArrayList<>();
        FakeRuns runs = new FakeRuns(run -> {
            if (run.isTrial()) {
                trials.add(run);
            }
            boolean best = FakeRuns.name(run).equals(run.member().equals("mse") ? "mse/rate-0.1" : "mae/rate-10");
            return best ? 0.9 : 0.5;
        });

        ComparisonResult result = run(plan("comparison.learningRates=[0.1, 1, 10]"), runs, 1);

        assertThat(trials).hasSize(6).allSatisfy(trial -> {
            assertThat(trial.experiment().training().validationShare()).contains(0.2);
            assertThat(trial.experiment().training().measureTest()).isFalse();
            assertThat(trial.experiment().seed()).isEqualTo(1);
        });
        assertThat(result.members().get(0).overrides())
                .containsExactly("loss=mse", "training.updater.learningRate=0.1");
        assertThat(result.members().get(1).overrides()).containsExactly("loss=mae", "training.updater.learningRate=10");
        assertThat(Files.readString(folder.resolve("c/mae/seed-2/experiment.yaml")))
                .contains("learningRate: 10", "validationShare: null");
    }

    @Test
    void passesOverALearningRateThatDiverges() throws IOException {
        FakeRuns runs = new FakeRuns(run -> FakeRuns.name(run).endsWith("rate-0.1") ? Double.NaN : 0.5);

        ComparisonResult result = run(plan("comparison.learningRates=[0.1, 1]"), runs, 1);

        assertThat(result.members().get(0).overrides()).contains("training.updater.learningRate=1");
    }

    private ComparisonPlan plan(String... overrides) throws IOException {
        return Plans.of(folder, overrides);
    }

    private ComparisonResult run(ComparisonPlan plan, RunMaker maker, int parallel) {
        try (OwnedDirectory owned = plan.open(folder.resolve("c"))) {
            ComparisonDirectory directory = new ComparisonDirectory(owned.path());
            return new ComparisonRun(plan, directory, maker, parallel, new ComparisonWatcher() {}).run();
        }
    }
}
