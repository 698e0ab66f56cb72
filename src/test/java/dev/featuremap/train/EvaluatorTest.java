package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.data.Datasets;
import dev.featuremap.data.FetchProgress;
import dev.featuremap.data.MnistFile;
import dev.featuremap.data.MnistFiles;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.Nd4jEngine;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Loss;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.run.Scores;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.DataSet;

class EvaluatorTest {
    @Test
    void scoresAreThoseOfHandArithmetic() {
        Experiment experiment = Runs.small();
        Datasets data = open(experiment);
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(experiment, data.shape()));
        DataSet all = data.test().inOrder(60).next();
        float[][] outputs = network.output(all.getFeatures()).toFloatMatrix();
        float[][] labels = all.getLabels().toFloatMatrix();
        double squares = 0;
        double distances = 0;
        double crossEntropy = 0;
        int right = 0;
        for (int n = 0; n < 60; n++) {
            for (int k = 0; k < 2; k++) {
                squares += Math.pow(labels[n][k] - outputs[n][k], 2);
                distances += Math.abs(labels[n][k] - outputs[n][k]);
                crossEntropy -= labels[n][k] * Math.log(outputs[n][k]);
            }
            right += (outputs[n][1] > outputs[n][0]) == (labels[n][1] == 1) ? 1 : 0;
        }

        try (Engine engine = new Nd4jEngine(network)) {
            Scores scores =
                    new Evaluator(data.shape(), false).score(engine, data.test().inOrder(17));
            assertThat(scores.examples()).isEqualTo(60);
            assertThat(scores.mse()).isCloseTo(squares / 120, within(1e-7));
            assertThat(scores.mae()).isCloseTo(distances / 120, within(1e-7));
            assertThat(scores.loss()).isCloseTo(crossEntropy / 60, within(1e-5));
            assertThat(scores.accuracy()).isCloseTo(right / 60.0, within(1e-12));
            assertThat(scores.confusion().stream().flatMap(List::stream).mapToInt(Integer::intValue))
                    .hasSize(4);
            assertThat(scores.confusion().get(0).stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(30);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Loss.class, mode = EnumSource.Mode.EXCLUDE, names = "MAPE")
    void theLossIsDl4jsOwn(Loss loss) {
        String activation = loss == Loss.XENT ? "sigmoid" : loss.wantsSignedLabels() ? "identity" : "softmax";
        Experiment experiment = Runs.small(
                "loss=" + loss.name().toLowerCase(Locale.ROOT), "network.layers[3].activation=" + activation);
        Datasets data = loss.wantsSignedLabels() ? open(experiment).withSignedLabels() : open(experiment);
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(experiment, data.shape()));
        double dl4j = network.score(data.test().inOrder(60).next(), false);
        try (Engine engine = new Nd4jEngine(network)) {
            Scores scores = new Evaluator(data.shape(), data.signedLabels())
                    .score(engine, data.test().inOrder(60));
            assertThat(scores.loss()).isCloseTo(dl4j, within(1e-5 * Math.max(1, Math.abs(dl4j))));
        }
    }

    private static Datasets open(Experiment experiment) {
        return Datasets.open(
                experiment.data(),
                experiment.seed(),
                new MnistFiles(Path.of("none"), List.of(), MnistFile.ALL, FetchProgress.SILENT));
    }
}
