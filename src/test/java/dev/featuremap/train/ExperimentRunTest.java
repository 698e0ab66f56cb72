package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.Failure;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.Split;
import dev.featuremap.network.ModelArchive;
import dev.featuremap.run.EpochScores;
import dev.featuremap.run.MetricsRow;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@Tag("slow")
class ExperimentRunTest {
    @TempDir
    Path folder;

    @Test
    void leavesACompleteRunDirectory() throws IOException {
        Path run = folder.resolve("run");
        RunResult result = Runs.train(Runs.small(), run);

        assertThat(run)
                .isDirectoryContaining("glob:**/experiment.yaml")
                .isDirectoryContaining("glob:**/network.json")
                .isDirectoryContaining("glob:**/model.zip")
                .isDirectoryContaining("glob:**/provenance.json")
                .isDirectoryContaining("glob:**/log.txt");
        assertThat(run.resolve("log.txt")).content().contains("small").contains("Backend");

        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        assertThat(metrics).hasSize(1 + 2 * 2);
        assertThat(metrics.get(0)).isEqualTo("epoch,step,split,loss,accuracy,mse,mae,seconds,examples_per_second");
        assertThat(metrics.get(1)).startsWith("1,7,train,");
        assertThat(metrics.get(4)).startsWith("2,14,test,");

        JsonNode json = new ObjectMapper().readTree(run.resolve("result.json").toFile());
        assertThat(json.get("status").asText()).isEqualTo("done");
        assertThat(json.get("steps").asLong()).isEqualTo(14);
        assertThat(json.get("test").get("examples").asLong()).isEqualTo(60);
        assertThat(json.get("test").get("accuracy").asDouble())
                .isEqualTo(result.test().accuracy());
        assertThat(json.get("training").get("engine").asText()).isNotEmpty();
        assertThat(json.get("parameters_sha256").asText())
                .isEqualTo(ModelArchive.parametersSha256(ModelArchive.read(run.resolve("model.zip"))));
    }

    @Test
    void trainingTheResolvedExperimentRepeatsTheRunExactly() throws IOException {
        RunResult first = Runs.train(Runs.small(), folder.resolve("first"));
        Experiment resolved = ExperimentFile.read(folder.resolve("first/experiment.yaml"), List.of());
        RunResult second = Runs.train(resolved, folder.resolve("second"));
        assertThat(resolved).isEqualTo(Runs.small());
        assertThat(second.parametersSha256()).isEqualTo(first.parametersSha256());
        assertThat(second.test()).isEqualTo(first.test());
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        RunResult first = Runs.train(Runs.small(), folder.resolve("first"));
        RunResult second = Runs.train(Runs.small("seed=8"), folder.resolve("second"));
        assertThat(second.parametersSha256()).isNotEqualTo(first.parametersSha256());
    }

    @Test
    void aPlainDl4jProgramRestoresTheModel() throws IOException {
        Path run = folder.resolve("run");
        Experiment experiment = Runs.small();
        RunResult result = Runs.train(experiment, run);

        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(
                run.resolve("model.zip").toFile(), true);
        Datasets data = Datasets.open(experiment.data(), experiment.seed(), noMnist());
        INDArray features = data.test().inOrder(60).next().getFeatures();
        assertThat(restored.output(features).toFloatMatrix())
                .isDeepEqualTo(ModelArchive.read(run.resolve("model.zip"))
                        .output(features)
                        .toFloatMatrix());
        assertThat(restored.evaluate(data.test().inOrder(60)).accuracy())
                .isEqualTo(result.test().accuracy());
        assertThat(restored.getIterationCount()).isEqualTo(14);
        assertThat(restored.getEpochCount()).isEqualTo(2);
    }

    @Test
    void trainsAConfigurationThatPlainDl4jWrote() throws IOException {
        MultiLayerConfiguration plain = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(12)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(9, 9, 1))
                .build();
        Path saved = folder.resolve("plain.json");
        Files.writeString(saved, plain.toJson());
        RunResult result = Runs.train(
                Runs.small("network={saved: '" + saved + "'}", "training.updater=null"), folder.resolve("run"));
        assertThat(result.status()).isEqualTo(RunStatus.DONE);
        assertThat(RunDirectory.open(folder.resolve("run"))
                        .model()
                        .getLayer(0)
                        .getParam("W")
                        .shape())
                .containsExactly(81, 12);
    }

    @Test
    void aLossThatIsNoNumberStopsAtItsStepAndLeavesNoModel() throws IOException {
        Path run = folder.resolve("run");
        List<Integer> steps = new ArrayList<>();
        TrainingWatcher watcher = new TrainingWatcher() {
            @Override
            public void stepped(int epoch, int step, int stepsPerEpoch, double loss) {
                steps.add(step);
            }
        };
        Experiment wild = Runs.small(
                "loss=mse",
                "network.layers=[{type: dense, units: 8}, {type: output, units: 2, activation: identity}]",
                "training.updater={type: sgd, learningRate: 1000}");
        assertThatThrownBy(() -> Runs.train(wild, run, watcher)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(6);
            assertThat(failure.getMessage())
                    .matches("training diverged: the loss is (NaN|-?Infinity) at step " + (steps.size() + 1)
                            + " \\(epoch [12]\\) with learning rate 1000\\.0");
        });
        assertThat(run.resolve("model.zip")).doesNotExist();
        assertThat(run.resolve("result.json")).content().contains("\"status\" : \"diverged\"");
    }

    @Test
    void stopsEarlyWhenTheMetricNoLongerImproves() {
        RunResult result = Runs.train(
                Runs.small("training.epochs=50", "training.earlyStopping={metric: accuracy, patience: 2, minDelta: 1}"),
                folder.resolve("run"));
        assertThat(result.status()).isEqualTo(RunStatus.STOPPED_EARLY);
        assertThat(result.epochs()).isEqualTo(3);
    }

    @Test
    void isAbandonedAfterTheEpochInWhichItIsBehind() {
        RunResult result = Runs.train(
                Runs.small("training.epochs=5", "training.abandon={metric: accuracy, behind: [0, 0.1, 1.01, 1.01]}"),
                folder.resolve("run"));
        assertThat(result.status()).isEqualTo(RunStatus.ABANDONED);
        assertThat(result.epochs()).isEqualTo(3);
        assertThat(result.test().accuracy()).isPositive();
        assertThat(result.chosenBy()).containsExactly(Map.entry("last_epoch", "validation"));
    }

    @Test
    void isNotAbandonedWhenItHasItsEpochsOrIsAhead() {
        RunResult result = Runs.train(
                Runs.small("training.epochs=2", "training.abandon={metric: loss, behind: [100, 0]}"),
                folder.resolve("run"));
        assertThat(result.status()).isEqualTo(RunStatus.DONE);
        assertThat(result.epochs()).isEqualTo(2);
    }

    @Test
    void keepsTheEpochThatValidationDataFindBestAndMeasuresTestDataOnceByIt() throws IOException {
        List<EpochScores> epochs = new ArrayList<>();
        TrainingWatcher watcher = new TrainingWatcher() {
            @Override
            public void epochEnded(int epoch, EpochScores scores, double seconds, double speed) {
                epochs.add(scores);
            }
        };
        RunResult result = Runs.train(
                Runs.small(
                        "training.epochs=6",
                        "training.keepBest=true",
                        "training.updater={type: sgd, learningRate: 1.5}"),
                folder.resolve("run"),
                watcher);
        assertThat(epochs).extracting(EpochScores::split).containsOnly(Split.VALIDATION);
        double least = epochs.stream()
                .mapToDouble(scores -> scores.watched().loss())
                .min()
                .orElseThrow();
        assertThat(result.validation().loss()).isEqualTo(least);
        assertThat(epochs.get(result.bestEpoch() - 1).watched()).isEqualTo(result.validation());
        assertThat(result.chosenBy()).containsExactly(Map.entry("best_epoch", "validation"));
        RunDirectory run = RunDirectory.open(folder.resolve("run"));
        try (SavedRun saved = SavedRun.open(run)) {
            assertThat(saved.score(Split.TEST, noMnist())).isEqualTo(result.test());
            assertThat(saved.score(Split.VALIDATION, noMnist())).isEqualTo(result.validation());
        }
        assertThat(run.metricsRows())
                .filteredOn(row -> row.split() == Split.TEST)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.epoch()).isEqualTo(result.bestEpoch());
                    assertThat(row.step()).isEqualTo(result.bestEpoch() * result.steps() / 6);
                    assertThat(row.loss()).isEqualTo(result.test().loss());
                });
        assertThat(run.predictions().orElseThrow().size()).isEqualTo(60);
    }

    @Test
    void anotherTestSetChangesNothingOfWhatValidationDataChoose() {
        String[] keys = {"training.epochs=8", "training.keepBest=true", "training.earlyStopping={patience: 2}"};
        RunResult one = Runs.train(Runs.small(keys), folder.resolve("one"));
        List<String> hard = new ArrayList<>(List.of(keys));
        hard.add("data.testDeform={noise: 0.9, missing: 0.5}");
        RunResult other = Runs.train(Runs.small(hard.toArray(String[]::new)), folder.resolve("other"));

        assertThat(other.parametersSha256()).isEqualTo(one.parametersSha256());
        assertThat(other.bestEpoch()).isEqualTo(one.bestEpoch());
        assertThat(other.epochs()).isEqualTo(one.epochs());
        assertThat(other.validation()).isEqualTo(one.validation());
        assertThat(other.test()).isNotEqualTo(one.test());
        assertThat(one.chosenBy()).containsOnlyKeys("best_epoch", "last_epoch");
    }

    @Test
    void aShareAloneIsHeldOutAndTheTestDataAreMeasuredAtTheEnd() {
        RunResult result = Runs.train(Runs.small("training.validationShare=0.25"), folder.resolve("run"));

        assertThat(result.validation().examples()).isBetween(25L, 75L);
        assertThat(result.test().examples()).isEqualTo(60);
        assertThat(result.chosenBy()).isNull();
        assertThat(RunDirectory.open(folder.resolve("run")).metricsRows())
                .extracting(MetricsRow::split)
                .containsExactly(Split.TRAIN, Split.VALIDATION, Split.TRAIN, Split.VALIDATION, Split.TEST);
    }

    @Test
    void aFoldIsHeldOutAsAShareIs() {
        RunResult result = Runs.train(Runs.small("training.validationFold={fold: 4, of: 4}"), folder.resolve("run"));

        assertThat(result.validation().examples()).isEqualTo(50);
        assertThat(result.test().examples()).isEqualTo(60);
        assertThat(RunDirectory.open(folder.resolve("run")).metricsRows())
                .extracting(MetricsRow::split)
                .containsExactly(Split.TRAIN, Split.VALIDATION, Split.TRAIN, Split.VALIDATION, Split.TEST);
    }

    @Test
    void labelNoiseOfATrainedRunIsTheSameWheneverItIsScored() {
        Path run = folder.resolve("run");
        RunResult result =
                Runs.train(Runs.small("data.labelNoise=0.4", "training.validationFold={fold: 1, of: 4}"), run);
        List<MetricsRow> rows = RunDirectory.open(run).metricsRows();

        try (SavedRun saved = SavedRun.open(RunDirectory.open(run))) {
            assertThat(saved.score(Split.TRAIN, noMnist()).loss())
                    .isEqualTo(rows.get(rows.size() - 3).loss());
            assertThat(saved.score(Split.VALIDATION, noMnist())).isEqualTo(result.validation());
            assertThat(saved.score(Split.TEST, noMnist())).isEqualTo(result.test());
            Experiment clean = Runs.small();
            Experiment noisy = Runs.small("data.labelNoise=0.4");
            assertThat(saved.score(clean.data(), Split.TEST, noMnist()))
                    .isEqualTo(saved.score(noisy.data(), Split.TEST, noMnist()))
                    .isEqualTo(result.test());
            assertThat(saved.score(clean.data(), Split.TRAIN, noMnist()).loss())
                    .isNotEqualTo(
                            saved.score(noisy.data(), Split.TRAIN, noMnist()).loss());
        }
    }

    @Test
    void withMeasureTestOffNoFileSaysAnythingOfTheTestData() throws IOException {
        RunResult result = Runs.train(Runs.small("training.measureTest=false"), folder.resolve("run"));

        assertThat(result.test()).isNull();
        RunDirectory run = RunDirectory.open(folder.resolve("run"));
        assertThat(run.metricsRows()).extracting(MetricsRow::split).doesNotContain(Split.TEST);
        assertThat(run.predictions().orElseThrow().size())
                .isEqualTo((int) result.validation().examples());
        assertThat(run.path().resolve("result.json")).content().doesNotContain("\"test\"");
    }

    @Test
    void withNothingHeldOutAllTrainingDataAreTrainedOnAndTestIsWatched() {
        for (String key : List.of("training.validationShare=null", "training.validationShare=0")) {
            Path run = folder.resolve(key);
            RunResult result = Runs.train(Runs.small(key), run);

            assertThat(result.steps()).isEqualTo(14);
            assertThat(result.validation()).isNull();
            assertThat(RunDirectory.open(run).metricsRows())
                    .extracting(MetricsRow::split)
                    .containsExactly(Split.TRAIN, Split.TEST, Split.TRAIN, Split.TEST);
        }
    }

    @Test
    void refusesDataOfAnotherShapeWithBothShapes() {
        Runs.train(Runs.small(), folder.resolve("run"));
        try (SavedRun saved = SavedRun.open(RunDirectory.open(folder.resolve("run")))) {
            assertThatThrownBy(() -> saved.score(Runs.small("data.size=12").data(), Split.TEST, noMnist()))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.kind().exitCode()).isEqualTo(4);
                        assertThat(failure.getMessage())
                                .isEqualTo("the model was trained on pictures of 1x9x9 in 2 classes,"
                                        + " the data has pictures of 1x12x12 in 2 classes");
                    });
        }
    }

    @Test
    void hingeLearnsFromSignedLabelsAndIsScoredOnPlainOnes() {
        RunResult result = Runs.train(
                Runs.small("loss=hinge", "network.layers[3].activation=identity", "training.epochs=5"),
                folder.resolve("run"));
        assertThat(result.test().accuracy()).isGreaterThan(0.9);
    }

    private static DataFolder noMnist() {
        return DataFolder.withoutFetching(Path.of("none"));
    }
}
