package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.data.ExampleSet;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.network.NetworkBuilder;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class EngineLearnerTest {
    private static final String NORMALIZED =
            "network.layers=[{type: convolution, filters: 3, kernel: 3, activation: relu},"
                    + " {type: batchNormalization}, {type: output, units: 2}]";

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "onednn"})
    void trainsOnSmoothedLabelsAndScoresOnThoseThatAre(String engine) {
        Experiment experiment = experiment(engine, "training.labelSmoothing=0.2");
        OpenedData data = OpenedData.of(experiment, null);
        MultiLayerNetwork network = network(experiment, data);
        DataSet batch = firstBatch(experiment);
        double smoothed = loss(network, batch, 0.2, new double[] {1, 1});
        double plain = loss(network, batch, 0, new double[] {1, 1});

        try (EngineLearner learner = data.learner(network, Optional.empty())) {
            assertThat(learner.score(Split.TRAIN, 32, () -> {}).loss()).isCloseTo(plain, within(1e-5));
            assertThat(learner.train(1, 0, 0).loss()).isCloseTo(smoothed, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "onednn"})
    void weighsEachExampleByItsClass(String engine) {
        Experiment experiment = experiment(engine, "training.classWeights=[0.5, 3]");
        OpenedData data = OpenedData.of(experiment, null);
        MultiLayerNetwork network = network(experiment, data);
        double weighted = loss(network, firstBatch(experiment), 0, new double[] {0.5, 3});

        try (EngineLearner learner = data.learner(network, Optional.empty())) {
            assertThat(learner.score(Split.TRAIN, 32, () -> {}).loss()).isCloseTo(weighted, within(1e-5));
            assertThat(learner.train(1, 0, 0).loss()).isCloseTo(weighted, within(1e-5));
        }
    }

    /** All but what a batch normalisation finds, which is measured anew with the average's weights. */
    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "onednn"})
    void itsModelIsTheAverageOfTheWeightsStepByStep(String engine) {
        Experiment experiment = experiment(engine, NORMALIZED, "training.emaDecay=0.4", "data.trainExamples=192");
        OpenedData data = OpenedData.of(experiment, null);
        MultiLayerNetwork network = network(experiment, data);
        double[] average = network.params().toDoubleVector();
        int channels = 3;
        int statistics = Math.toIntExact(network.getLayer(1).getParam("mean").offset());

        try (EngineLearner learner = data.learner(network, Optional.empty())) {
            assertThat(learner.averaged().orElseThrow().params().toDoubleVector())
                    .isEqualTo(average);
            for (int step = 1; step <= 6; step++) {
                learner.train(1, step - 1, step - 1);
                double kept = Math.min(0.4, (1.0 + step) / (10.0 + step));
                double[] now = learner.network().params().toDoubleVector();
                for (int i = 0; i < average.length; i++) {
                    average[i] = kept * average[i] + (1 - kept) * now[i];
                }
                double[] found = learner.averaged().orElseThrow().params().toDoubleVector();
                double[] measured = Arrays.copyOfRange(found, statistics, statistics + 2 * channels);
                assertThat(measured)
                        .containsExactly(statistics(learner.averaged().orElseThrow(), experiment), within(1e-5));
                System.arraycopy(measured, 0, average, statistics, measured.length);
                assertThat(found).containsExactly(average, within(1e-6));
                assertThat(now)
                        .isNotEqualTo(learner.averaged().orElseThrow().params().toDoubleVector());
            }
            DataSet batch = firstBatch(experiment);
            assertThat(learner.score(Split.TRAIN, 32, () -> {}).loss())
                    .isCloseTo(loss(learner.averaged().orElseThrow(), batch, 0, new double[] {1, 1}), within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "onednn"})
    void normalisationsBehindDropoutSeeEveryUnitAndAlwaysTheSame(String engine) {
        Experiment experiment = experiment(
                engine,
                "network.layers=[{type: dense, units: 16, activation: tanh}, {type: dropout, rate: 0.5},"
                        + " {type: batchNormalization}, {type: output, units: 2}]",
                "training.emaDecay=0.4",
                "training.batchSize=2");
        OpenedData data = OpenedData.of(experiment, null);
        MultiLayerNetwork first = network(experiment, data);
        MultiLayerNetwork second = first.clone();

        try (EngineLearner one = data.learner(first, Optional.empty());
                EngineLearner other = data.learner(second, Optional.empty())) {
            one.train(1, 0, 0);
            other.train(1, 0, 0);
            MultiLayerNetwork averaged = one.averaged().orElseThrow();
            assertThat(averaged.getLayer(2).getParam("log10stdev").minNumber().doubleValue())
                    .isGreaterThan(-1);
            assertThat(other.averaged().orElseThrow().params().toDoubleVector())
                    .isEqualTo(averaged.params().toDoubleVector());
        }
    }

    /** Each channel's mean over all training examples, then the logarithm, base 10, of its standard deviation. */
    private static double[] statistics(MultiLayerNetwork network, Experiment experiment) {
        ExampleSet train = OpenedData.splits(experiment, null).train();
        INDArray maps = network.feedForward(train.inOrder(train.size()).next().getFeatures(), false)
                .get(1);
        INDArray means = maps.mean(0, 2, 3);
        INDArray deviations = Transforms.sqrt(maps.mul(maps).mean(0, 2, 3).sub(means.mul(means)));
        return Nd4j.concat(0, means, Transforms.log(deviations, 10)).toDoubleVector();
    }

    private static Experiment experiment(String engine, String... more) {
        String[] overrides = new String[more.length + 3];
        overrides[0] = "training.engine=" + engine;
        overrides[1] = "training.shuffle=false";
        overrides[2] = "network.layers=[{type: dense, units: 5, activation: tanh}, {type: output, units: 2}]";
        System.arraycopy(more, 0, overrides, 3, more.length);
        return Runs.small(overrides);
    }

    private static MultiLayerNetwork network(Experiment experiment, OpenedData data) {
        return NetworkBuilder.network(
                NetworkBuilder.configuration(experiment, data.facts().shape()));
    }

    private static DataSet firstBatch(Experiment experiment) {
        return OpenedData.splits(experiment, null).train().inOrder(32).next();
    }

    /** The mean cross entropy of the outputs, by hand. */
    private static double loss(MultiLayerNetwork network, DataSet batch, double smoothing, double[] weights) {
        INDArray outputs = network.output(batch.getFeatures());
        double sum = 0;
        for (int i = 0; i < 32; i++) {
            for (int k = 0; k < 2; k++) {
                double label = (1 - smoothing) * batch.getLabels().getDouble(i, k) + smoothing / 2;
                sum -= weights[k] * label * Math.log(outputs.getDouble(i, k));
            }
        }
        return sum / 32;
    }
}
