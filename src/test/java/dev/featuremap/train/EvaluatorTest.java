package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.Nd4jEngine;
import dev.featuremap.engine.OneDnnEngine;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Loss;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.run.Json;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;

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
                    new Evaluator(data.shape()).score(engine, data.test().inOrder(17));
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
        Datasets data = open(experiment).withLabels(loss.wantsSignedLabels());
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(experiment, data.shape()));
        double dl4j = network.score(data.test().inOrder(60).next(), false);
        try (Engine engine = new Nd4jEngine(network)) {
            Scores scores =
                    new Evaluator(data.shape()).score(engine, data.test().inOrder(60));
            assertThat(scores.loss()).isCloseTo(dl4j, within(1e-5 * Math.max(1, Math.abs(dl4j))));
        }
    }

    private static Datasets open(Experiment experiment) {
        return Datasets.open(experiment.data(), experiment.seed(), DataFolder.withoutFetching(Path.of("none")));
    }

    /** ND4J's reductions over a dimension of length 1 have surprises: a batch of one example, one output. */
    @ParameterizedTest
    @CsvSource({
        "0, identity, mse, nd4j",
        "0, identity, mse, onednn",
        "0, softplus, poisson, nd4j",
        "1, sigmoid, xent, nd4j",
        "2, softmax, mcxent, nd4j",
        "2, softmax, mcxent, onednn",
        "3, sigmoid, xent, onednn",
        "3, identity, hinge, nd4j",
        "4, softmax, mae, nd4j",
        "4, sigmoid, xent, onednn"
    })
    @Tag("slow")
    void anyNumberOfExamplesIsScoredAsInFloat64(int classes, String activation, String loss, String engine) {
        List<String> names = IntStream.range(0, classes).mapToObj(i -> "c" + i).toList();
        DataShape shape = new DataShape(1, 1, 3, names);
        boolean signed = loss.equals("hinge");
        MultiLayerNetwork network = oneLayer(shape.outputs(), activation, loss);
        Random random = new Random(classes);
        float[][] features = new float[600][3];
        float[][] labels = new float[600][shape.outputs()];
        for (int n = 0; n < 600; n++) {
            for (int i = 0; i < 3; i++) {
                features[n][i] = random.nextFloat() - 0.5f;
            }
            if (classes == 0) {
                labels[n][0] = random.nextInt(10);
            } else {
                labels[n][random.nextInt(classes)] = 1;
            }
        }
        INDArray all = Nd4j.create(features).reshape(600, 1, 1, 3);
        INDArray known = Nd4j.create(labels);
        INDArray given = signed ? known.mul(2).subi(1) : known;
        try (Engine scored = engine.equals("nd4j") ? new Nd4jEngine(network) : new OneDnnEngine(network, 2)) {
            float[][] outputs = scored.output(all).toFloatMatrix();
            double squares = 0;
            double distances = 0;
            double labelSum = 0;
            double labelSquares = 0;
            int right = 0;
            for (int n = 1; n <= 600; n++) {
                float[] label = labels[n - 1];
                float[] output = outputs[n - 1];
                for (int k = 0; k < label.length; k++) {
                    squares += Math.pow((double) label[k] - output[k], 2);
                    distances += Math.abs((double) label[k] - output[k]);
                }
                labelSum += label[0];
                labelSquares += label[0] * label[0];
                right += label[Predictions.largest(output)] == 1 ? 1 : 0;

                // Around whole batches, and here and there: each n would take minutes.
                if (n > 5 && n % Evaluator.BATCH_SIZE > 2 && n % 37 != 0 && n != 600) {
                    continue;
                }
                Scores scores = new Evaluator(shape).score(scored, batches(all, given, n));

                assertThat(scores.examples()).isEqualTo(n);
                assertThat(scores.mse()).isCloseTo(squares / n / label.length, within(1e-6 * (1 + squares / n)));
                assertThat(scores.mae()).isCloseTo(distances / n / label.length, within(1e-6 * (1 + distances / n)));
                if (classes > 0) {
                    assertThat(scores.accuracy()).isCloseTo((double) right / n, within(1e-12));
                    assertThat(scores.r2()).isNull();
                } else if (n > 5) {
                    double spread = labelSquares - labelSum * labelSum / n;
                    assertThat(scores.r2()).isCloseTo(1 - squares / spread, within(1e-6 * (1 + squares / spread)));
                }
            }
        }
    }

    @Test
    void labelsThatAreAllTheSameHaveNoR2ButAReason() {
        ScoreSums sums = new ScoreSums(new DataShape(1, 1, 3, List.of()));
        sums.add(new float[][] {{7.3f}, {7.3f}, {7.3f}}, new float[][] {{7}, {8}, {7.3f}}, 0.5);

        assertThat(sums.scores().r2()).isNull();
        assertThat(sums.scores().whyNoR2()).contains("all labels are the same");
        assertThat(Json.write(sums.scores()))
                .contains("\"r2\" : null")
                .contains("\"r2_reason\" : \"all labels are the same\"");
    }

    /** Batches of at most {@link Evaluator#BATCH_SIZE}, as from a data set of so many examples. */
    private static DataSetIterator batches(INDArray features, INDArray labels, int examples) {
        List<DataSet> batches = new ArrayList<>();
        for (int first = 0; first < examples; first += Evaluator.BATCH_SIZE) {
            INDArrayIndex rows = NDArrayIndex.interval(first, Math.min(examples, first + Evaluator.BATCH_SIZE));
            batches.add(new DataSet(
                    features.get(rows, NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all())
                            .dup(),
                    labels.get(rows, NDArrayIndex.all()).dup()));
        }
        return new ExistingDataSetIterator(batches);
    }

    private static MultiLayerNetwork oneLayer(int outputs, String activation, String loss) {
        return NetworkBuilder.network(new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new OutputLayer.Builder(lossFunction(loss))
                        .nOut(outputs)
                        .activation(Activation.fromString(activation))
                        .build())
                .setInputType(InputType.convolutional(1, 3, 1))
                .build());
    }

    private static ILossFunction lossFunction(String name) {
        return switch (name) {
            case "hinge" -> new LossHinge();
            case "mae" -> new LossMAE();
            case "mcxent" -> new LossMCXENT();
            case "mse" -> new LossMSE();
            case "poisson" -> new LossPoisson();
            default -> new LossBinaryXENT();
        };
    }
}
