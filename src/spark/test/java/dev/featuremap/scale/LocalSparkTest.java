package dev.featuremap.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.jobs.Cluster;
import dev.featuremap.jobs.PlannedRuns;
import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.train.TrainingWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark in this process: what is promised of figures. */
class LocalSparkTest {
    private static final PlannedRuns.Watcher NONE = new PlannedRuns.Watcher() {};

    @TempDir
    Path folder;

    private Small small;

    @BeforeEach
    void useTheFolder() {
        small = new Small(folder);
    }

    @Test
    void makesRunsWithTheFiguresOfRunsMadeHere() throws IOException {
        List<RunOutcome> here = small.make(small.here(), 3, "here", NONE);
        List<RunOutcome> there;
        try (Cluster cluster = small.connect("local[2]")) {
            there = small.make(cluster.runMaker(), 3, "there", NONE);
        }

        assertThat(there)
                .extracting(RunOutcome::test)
                .isEqualTo(here.stream().map(RunOutcome::test).toList());
        for (String seed : List.of("seed-1", "seed-2", "seed-3")) {
            Path one = small.folder("here").resolve(seed);
            Path other = small.folder("there").resolve(seed);
            for (String file :
                    List.of("model.zip", "experiment.yaml", "network.json", "predictions.csv", "mistakes.json")) {
                assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
            }
            RunResult result = RunDirectory.open(other).result();
            assertThat(result.runDir()).isEqualTo(other.toString());
            assertThat(result.parametersSha256())
                    .isEqualTo(RunDirectory.open(one).result().parametersSha256());
            assertThat(RunDirectory.open(other).provenance()).isPresent();
        }
    }

    @Test
    void keepsEachRunsLogToItself() throws IOException {
        try (Cluster cluster = small.connect("local[2]")) {
            small.make(cluster.runMaker(), 4, "there", NONE);
        }

        for (int seed = 1; seed <= 4; seed++) {
            List<String> results =
                    Files.readAllLines(small.folder("there")
                                    .resolve("seed-" + seed)
                                    .resolve("log.txt"))
                            .stream()
                            .filter(line -> line.contains("RunResult["))
                            .toList();
            assertThat(results).singleElement().asString().contains("seed=" + seed + ",");
        }
    }

    @Test
    void marksARunThatDivergesAndGoesOn() {
        List<RunOutcome> outcomes;
        try (Cluster cluster = small.connect("local[2]")) {
            outcomes = small.make(
                    cluster.runMaker(),
                    2,
                    "there",
                    NONE,
                    "loss=mse",
                    "network.layers[3].activation=identity",
                    "training.updater={type: sgd, learningRate: 1000}");
        }

        assertThat(outcomes).extracting(RunOutcome::status).containsExactly(RunStatus.DIVERGED, RunStatus.DIVERGED);
        assertThat(outcomes.get(0).cause()).contains("training diverged");
    }

    @Test
    void trainsWithOneWorkerBitForBitAsOneProcess() {
        Experiment experiment = small("training.spark={workers: 1, averageEvery: 3}");

        RunResult here = small.trainHere(experiment, "here");
        RunResult there = small.train("local[2]", experiment, "there");

        assertThat(there.parametersSha256()).isEqualTo(here.parametersSha256());
        assertThat(there.test()).isEqualTo(here.test());
        assertThat(there.steps()).isEqualTo(20);
        assertThat(small.folder("there").resolve("model.zip"))
                .hasSameBinaryContentAs(small.folder("here").resolve("model.zip"));
        assertThat(small.folder("there").resolve("predictions.csv"))
                .hasSameBinaryContentAs(small.folder("here").resolve("predictions.csv"));
    }

    @Test
    void variesTrainingPicturesAsOneProcessDoes() {
        String augment = "data.augment={rotation: 10, shift: 1, elastic: {alpha: 20}, erase: 0.1, noise: 0.1}";
        Experiment experiment = small("training.spark={workers: 1, averageEvery: 3}", augment);

        RunResult here = small.trainHere(experiment, "here");
        RunResult there = small.train("local[2]", experiment, "there");

        assertThat(there.parametersSha256()).isEqualTo(here.parametersSha256());
        assertThat(small.trainHere(small("training.spark={workers: 1, averageEvery: 3}"), "plain")
                        .parametersSha256())
                .isNotEqualTo(here.parametersSha256());
        assertThat(small.folder("there").resolve("augmented.png"))
                .hasSameBinaryContentAs(small.folder("here").resolve("augmented.png"));
    }

    @Test
    void trainsToTheSameParametersEveryTimeHoweverManyTasksRunAtATime() {
        for (String engine : List.of("onednn", "nd4j")) {
            Experiment experiment = small("training.engine=" + engine, "training.spark={workers: 5, averageEvery: 2}");

            String once = small.train("local[2]", experiment, "once-" + engine).parametersSha256();

            assertThat(small.train("local[3]", experiment, "again-" + engine).parametersSha256())
                    .isEqualTo(once);
        }
    }

    @Test
    void trainsWithAsManyWorkersAsThereIsRoomForAndSaysSo() {
        RunResult result = small.train("local[3]", small("training.epochs=10"), "there");

        assertThat(RunDirectory.open(small.folder("there"))
                        .experiment()
                        .training()
                        .spark()
                        .orElseThrow()
                        .workers())
                .contains(3);
        assertThat(result.test().accuracy()).isGreaterThan(0.9);
    }

    @Test
    void keepsValidationAndTestApartAsOneProcessDoes() throws IOException {
        Experiment experiment = small(
                "training.spark={workers: 1, averageEvery: 3}",
                "training.epochs=4",
                "training.keepBest=true",
                "training.earlyStopping={patience: 2}");

        RunResult here = small.trainHere(experiment, "here");
        RunResult there = small.train("local[2]", experiment, "there");

        assertThat(there.bestEpoch()).isEqualTo(here.bestEpoch());
        assertThat(there.validation()).isEqualTo(here.validation());
        assertThat(there.test()).isEqualTo(here.test());
        assertThat(there.parametersSha256()).isEqualTo(here.parametersSha256());
        assertThat(splits("there"))
                .isEqualTo(splits("here"))
                .endsWith(Split.TEST)
                .containsOnlyOnce(Split.TEST);
    }

    private List<Split> splits(String run) {
        return RunDirectory.open(small.folder(run)).metricsRows().stream()
                .map(MetricsRow::split)
                .toList();
    }

    @Test
    void goesOnFromACheckpointBetweenRoundsToTheSameBits() {
        Experiment experiment =
                small("training.spark={workers: 2, averageEvery: 2}", "training.checkpoint.everySteps=4");
        RunResult whole = small.train("local[2]", experiment, "whole");
        int[] rounds = {0};

        assertThatThrownBy(() -> small.train("local[2]", experiment, "cut", new TrainingWatcher() {
                    @Override
                    public void stepped(int epoch, int step, int stepsPerEpoch, double loss) {
                        rounds[0]++;
                        if (rounds[0] == 5) {
                            throw new IllegalStateException("cut here");
                        }
                    }
                }))
                .hasMessage("cut here");
        RunResult resumed = small.resume("local[2]", "cut");

        assertThat(resumed.parametersSha256()).isEqualTo(whole.parametersSha256());
        assertThat(resumed.steps()).isEqualTo(whole.steps());
    }

    @Test
    void tellsWhatIsWrongWithTheDataAsOneProcessWould() {
        Experiment experiment = small(
                "data={source: idx, trainImages: none, trainLabels: none, testImages: none, testLabels: none, classes: 2}");

        assertThatThrownBy(() -> small.train("local[2]", experiment, "there"))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA));
    }

    private static Experiment small(String... overrides) {
        return Small.experiment(overrides);
    }
}
