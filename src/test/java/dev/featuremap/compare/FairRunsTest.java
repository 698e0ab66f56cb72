package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.backend.Backend;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Loss;
import dev.featuremap.jobs.InProcessRunMaker;
import dev.featuremap.jobs.RunMaker;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.OwnedDirectory;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.ExperimentRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes a paired difference fair: the members of one seed differ in what they set, and in nothing else. */
class FairRunsTest {
    @TempDir
    Path folder;

    @Test
    void initialWeightsAreEqualAcrossLosses() {
        Set<String> hashes = new HashSet<>();
        for (Loss loss : Loss.values()) {
            // The first wants no zeros among its labels, the second no softmax.
            if (loss != Loss.MAPE && loss != Loss.XENT) {
                hashes.add(initialWeights("loss=" + loss.name().toLowerCase(Locale.ROOT)));
            }
        }
        assertThat(hashes).hasSize(1);
        assertThat(initialWeights("seed=43")).isNotIn(hashes);
    }

    @Test
    void equalMembersEndWithEqualParameters() throws IOException {
        ComparisonPlan plan = Plans.of(
                folder,
                "comparison.losses=[]",
                "comparison.members=[{name: one}, {name: two}, {name: mae, set: [loss=mae]}]");

        ComparisonResult result = run(plan, Path.of("real"));

        List<String> hashes = result.members().stream()
                .map(member -> hash(member.runs().get(0)))
                .toList();
        assertThat(hashes.get(0)).isEqualTo(hashes.get(1)).isNotEqualTo(hashes.get(2));
        assertThat(result.differences().get(0).mean()).isZero();
        assertThat(result.differences().get(0).effectSize()).isNull();
    }

    @Test
    void aLearningRatesTrialIsMeasuredOnValidationDataOnly() throws IOException {
        ComparisonPlan plan = Plans.of(folder, "comparison.seeds=1", "comparison.learningRates=[0.01]");

        ComparisonResult result = run(plan, Path.of("tuned"));

        RunDirectory trial = RunDirectory.open(folder.resolve("tuned/mse/rate-0.01"));
        assertThat(trial.result().test()).isNull();
        assertThat(trial.result().validation().examples()).isBetween(8L, 32L);
        int trained = 100 - (int) trial.result().validation().examples();
        assertThat(trial.result().steps())
                .isEqualTo(trial.experiment().training().stepsPerEpoch(trained, 1));
        assertThat(result.members().get(0).runs().get(0).test().examples()).isEqualTo(50);
        assertThat(result.members().get(0).runs().get(0).runDir()).endsWith("seed-1");
    }

    private ComparisonResult run(ComparisonPlan plan, Path name) {
        DataFolder data = DataFolder.in(folder);
        RunMaker maker = new InProcessRunMaker(new ExperimentRun(new Workspace(folder), data));
        try (OwnedDirectory owned = plan.open(folder.resolve(name))) {
            ComparisonDirectory directory = new ComparisonDirectory(owned.path());
            return new ComparisonRun(plan, directory, maker, 1, new ComparisonWatcher() {}).run();
        }
    }

    private static String hash(RunOutcome run) {
        return RunDirectory.open(Path.of(run.runDir())).result().parametersSha256();
    }

    private static String initialWeights(String override) {
        Backend.start();
        Experiment experiment = ExperimentFile.read(Path.of("conf/experiment/mnist-softmax.yaml"), List.of(override));
        return ModelArchive.parametersSha256(
                NetworkBuilder.network(NetworkBuilder.configuration(experiment, Datasets.shapeOf(experiment.data()))));
    }
}
