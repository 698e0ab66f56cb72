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
import dev.featuremap.run.ComparisonResult.Verdict;
import dev.featuremap.run.OwnedDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
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
                .containsExactly("name", "question", "members", "differences", "interactions", "verdict", "conclusion");
        assertThat(json.get("question").get("metric").asText()).isEqualTo("accuracy");
        assertThat(json.get("question").get("looks").get(0).asInt()).isEqualTo(2);
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
                .containsExactly(
                        "member",
                        "against",
                        "metric",
                        "n",
                        "mean",
                        "ci95",
                        "p",
                        "p_sign_flip",
                        "p_adjusted",
                        "verdict");
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

    /** Of runs that an earlier start made, the failure itself is no more there. */
    @Test
    void failsEachTimeAnewWhenAllRunsDiverged() throws IOException {
        FakeRuns runs = new FakeRuns(run -> Double.NaN);
        String cause = "none of the 4 runs has scores; the first: training diverged: the loss is NaN at step 3";
        for (int made : new int[] {4, 0}) {
            assertThatThrownBy(() -> run(plan(), runs, 1))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(Failure.Kind.DIVERGED);
                        assertThat(failure.remedy()).startsWith("lower the ");
                    })
                    .hasMessage(cause);
            assertThat(runs.made).hasSize(made);
            runs.made.clear();
        }
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

        List<String> chosen = new ArrayList<>();

        ComparisonResult result = run(plan("comparison.learningRates=[0.1, 1]"), runs, chosen);

        assertThat(result.members().get(0).overrides()).contains("training.updater.learningRate=1");
        assertThat(chosen)
                .containsExactly("mse 1.0 by accuracy OptionalDouble[0.5]", "mae 1.0 by accuracy OptionalDouble[0.5]");
    }

    @Test
    void grownFromFiveSeedsIsByteForByteTheOneOfTenFromTheStart() throws IOException {
        FakeRuns runs = new FakeRuns(run -> accuracy(run, 0.01));
        run(plan("comparison.seeds=5"), runs, 1);
        runs.made.clear();

        run(plan("comparison.seeds=10", "comparison.losses=[mse, mae, l1]"), runs, 1);
        byte[] grown = Files.readAllBytes(folder.resolve("c/comparison.json"));

        assertThat(runs.made).hasSize(5 + 5 + 10).contains("mae/seed-10").doesNotContain("mae/seed-5");
        Files.move(folder.resolve("c"), folder.resolve("grown"));
        run(plan("comparison.seeds=10", "comparison.losses=[mse, mae, l1]"), runs, 1);
        assertThat(folder.resolve("c/comparison.json")).hasBinaryContent(grown);
    }

    @Test
    void addsSeedsUntilAllIsDecidedAndOnlyToMembersOfOpenQuestions() throws IOException {
        // mae is far behind at once; l1 is a little behind mse: that takes more than 4 seeds, and fewer than 30.
        FakeRuns runs = new FakeRuns(run -> accuracy(run, FakeRuns.name(run).startsWith("mae") ? 0.2 : 0.006));
        List<String> looks = new ArrayList<>();
        ComparisonPlan plan =
                plan("comparison.seeds=4", "comparison.seedsAtMost=30", "comparison.losses=[mse, mae, l1]");

        ComparisonResult result = run(plan, runs, looks);

        assertThat(result.question().looks()).containsExactly(4, 6, 9, 14, 30);
        assertThat(result.members().get(1).runs()).hasSize(4);
        assertThat(result.members().get(0).runs()).hasSizeBetween(6, 14);
        assertThat(result.members().get(2).runs())
                .hasSameSizeAs(result.members().get(0).runs());
        assertThat(result.differences().stream().filter(one -> one.metric().equals("accuracy")))
                .extracting(Difference::verdict)
                .containsExactly(Verdict.WORSE, Verdict.WORSE, Verdict.BETTER);
        assertThat(looks.get(0)).isEqualTo("after 4: 1 of 3");
        assertThat(looks.get(looks.size() - 1)).endsWith(": 0 of 3");
        byte[] first = Files.readAllBytes(folder.resolve("c/comparison.json"));
        runs.made.clear();
        run(plan, runs, looks);
        assertThat(runs.made).isEmpty();
        assertThat(folder.resolve("c/comparison.json")).hasBinaryContent(first);
    }

    @Test
    void endsWithTheMostSeedsWhereAQuestionStaysOpen() throws IOException {
        FakeRuns runs = new FakeRuns(run -> accuracy(run, 0));

        ComparisonResult result = run(plan("comparison.seeds=2", "comparison.seedsAtMost=5"), runs, new ArrayList<>());

        assertThat(result.members())
                .allSatisfy(member -> assertThat(member.runs()).hasSize(5));
        assertThat(result.verdict()).contains("can't be told apart");
    }

    @Test
    void triesAFailedRunOnceInAllRounds() throws IOException {
        List<String> tried = new ArrayList<>();
        FakeRuns runs = new FakeRuns(run -> {
            tried.add(FakeRuns.name(run));
            if (FakeRuns.name(run).equals("mae/seed-1")) {
                throw Failure.data("no data", "none");
            }
            return accuracy(run, 0);
        });

        run(plan("comparison.seeds=3", "comparison.seedsAtMost=5"), runs, new ArrayList<>());

        assertThat(tried).doesNotHaveDuplicates().hasSize(10);
    }

    @Test
    void runsEachSeedOncePerFold() throws IOException {
        FakeRuns runs = new FakeRuns(run -> accuracy(run, 0.05));

        ComparisonResult result = run(plan("comparison.folds=3"), runs, 1);

        assertThat(runs.made).hasSize(2 * 2 * 3).contains("mae/seed-2-fold-3");
        assertThat(result.members().get(0).runs()).extracting(RunOutcome::fold).containsExactly(1, 2, 3, 1, 2, 3);
        assertThat(result.differences().get(0).n()).isEqualTo(6);
        assertThat(Files.readString(folder.resolve("c/mse/seed-1-fold-2/experiment.yaml")))
                .contains("validationFold: {fold: 2, of: 3}", "measureTest: false");
        assertThat(Files.readString(folder.resolve("c/comparison.csv"))).contains("\nmse,1,2,done,accuracy,0.");
    }

    @Test
    void tellsOfAGridsMembersTheirLevels() throws IOException {
        FakeRuns runs = new FakeRuns(run -> accuracy(run, 0.05));

        ComparisonResult result = run(
                plan("comparison.losses=[]", "comparison.grid={loss: [mse, mae], training.batchSize: [5, 10]}"),
                runs,
                1);

        assertThat(result.members())
                .extracting(Member::name)
                .containsExactly("mse-batchSize5", "mse-batchSize10", "mae-batchSize5", "mae-batchSize10");
        assertThat(result.members().get(1).levels())
                .containsOnly(Map.entry("loss", "mse"), Map.entry("training.batchSize", "10"));
        assertThat(result.interactions()).hasSize(1);
        assertThat(Files.readString(folder.resolve("c/mae-batchSize5/seed-1/experiment.yaml")))
                .contains("batchSize: 5", "loss: mae");
    }

    /** About 0.9 by the seed, less what mae or l1 loses, and a small part that is the run's own. */
    private static double accuracy(PlannedRun run, double less) {
        long seed = run.experiment().seed();
        double own = new Random(FakeRuns.name(run).hashCode() * 0x9E3779B97F4A7C15L).nextGaussian();
        return 0.9 + 0.001 * (seed % 5) - (FakeRuns.name(run).startsWith("mse") ? 0 : less) + 0.002 * own;
    }

    /** Makes it, with what is told on the way. */
    private ComparisonResult run(ComparisonPlan plan, RunMaker maker, List<String> told) {
        try (OwnedDirectory owned = plan.open(folder.resolve("c"))) {
            ComparisonDirectory directory = new ComparisonDirectory(owned.path());
            return new ComparisonRun(plan, directory, maker, 1, new ComparisonWatcher() {
                        @Override
                        public void looked(int seeds, int open, int questions) {
                            told.add("after " + seeds + ": " + open + " of " + questions);
                        }

                        @Override
                        public void chose(String member, double rate, String metric, OptionalDouble value) {
                            told.add(member + " " + rate + " by " + metric + " " + value);
                        }
                    })
                    .run();
        }
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
