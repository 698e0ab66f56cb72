package dev.featuremap.network;

import static dev.featuremap.network.Sample.DIGITS;
import static dev.featuremap.network.Sample.convolution;
import static dev.featuremap.network.Sample.data;
import static dev.featuremap.network.Sample.experiment;
import static dev.featuremap.network.Sample.layers;
import static dev.featuremap.network.Sample.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.ClassWeights;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.GradientNormalization;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.LearningRate;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.UpdaterSpec;
import dev.featuremap.experiment.WeightInit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

class NetworkBuilderTest {
    private static final DataShape TINY = data(1, 6, 6, 3);

    @Test
    void takesPicturesAndGivesProbabilities() {
        MultiLayerNetwork network =
                NetworkBuilder.network(NetworkBuilder.configuration(experiment(Sample.LENET), DIGITS));

        INDArray outputs = network.output(Nd4j.rand(DataType.FLOAT, 2, 1, 28, 28));

        assertThat(outputs.shape()).containsExactly(2, 10);
        assertThat(outputs.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(outputs.getRow(0).sumNumber().doubleValue()).isBetween(0.9999, 1.0001);
    }

    @Test
    void drawsTheSameWeightsFromTheSameSeed() {
        MultiLayerConfiguration configuration = NetworkBuilder.configuration(experiment(Sample.LENET), DIGITS);

        assertThat(NetworkBuilder.network(configuration).params())
                .isEqualTo(NetworkBuilder.network(configuration).params());
        assertThat(configuration.getConf(0).getSeed()).isEqualTo(7);
    }

    @Test
    void retainsWhatDropoutDoesNotForget() {
        assertThat(retained(0.1)).isEqualTo(0.9);
        assertThat(retained(0.9)).isEqualTo(0.1);
        assertThat(retained(0.5)).isEqualTo(0.5);
    }

    @Test
    void dropoutOfNothingChangesNothing() {
        MultiLayerNetwork network = NetworkBuilder.network(
                NetworkBuilder.configuration(experiment(layers(new LayerSpec.Dropout(0), output(3))), TINY));
        INDArray features = Nd4j.rand(DataType.FLOAT, 4, 1, 6, 6);

        assertThat(network.feedForward(features, true).get(1)).isEqualTo(features);
    }

    @Test
    void dropoutForgetsItsShareWhileTrainingAndScalesTheRest() {
        MultiLayerNetwork network = NetworkBuilder.network(
                NetworkBuilder.configuration(experiment(layers(new LayerSpec.Dropout(0.25), output(3))), TINY));
        INDArray features = Nd4j.ones(DataType.FLOAT, 1000, 1, 6, 6);

        INDArray training = network.feedForward(features, true).get(1);

        double kept = training.gt(0).castTo(DataType.FLOAT).meanNumber().doubleValue();
        assertThat(kept).isBetween(0.74, 0.76);
        assertThat(training.maxNumber().doubleValue()).isBetween(1.333, 1.334);
        assertThat(network.feedForward(features, false).get(1)).isEqualTo(features);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void knowsEveryActivation(Activation activation) {
        NetworkSpec network =
                layers(new LayerSpec.Dense(4, activation), new LayerSpec.ActivationLayer(activation), output(3));

        assertTrains(experiment(network).network(), Loss.MSE);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void knowsEveryLoss(Loss loss) {
        Activation activation = loss == Loss.XENT ? Activation.SIGMOID : Activation.SOFTMAX;
        assertThat(loss.activations().isEmpty() || loss.activations().contains(activation))
                .isTrue();
        if (loss == Loss.MAPE) {
            NetworkSpec value = layers(new LayerSpec.Output(1, Activation.IDENTITY));
            assertThat(lossClass(NetworkBuilder.configuration(Sample.regression(value, loss), data(1, 6, 6, 0))))
                    .isEqualTo("LossMAPE");
            return;
        }
        assertTrains(layers(new LayerSpec.Output(3, activation)), loss);
    }

    @Test
    void namesLossesAsDl4jDoes() {
        assertThat(Stream.of(Loss.values())
                        .map(loss -> Losses.function(loss).getClass().getSimpleName()))
                .containsExactly(
                        "LossMSE",
                        "LossMAE",
                        "LossL1",
                        "LossL2",
                        "LossMCXENT",
                        "LossNegativeLogLikelihood",
                        "LossBinaryXENT",
                        "LossHinge",
                        "LossSquaredHinge",
                        "LossKLD",
                        "LossPoisson",
                        "LossMSLE",
                        "LossMAPE",
                        "LossCosineProximity");
    }

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"MCXENT", "NLL", "XENT"})
    void refusesOutputsThatAreNoProbabilities(Loss loss) {
        NetworkSpec network = layers(new LayerSpec.Output(3, Activation.TANH));

        assertThatThrownBy(
                        () -> NetworkBuilder.configuration(experiment(network, loss, UpdaterSpec.Adam.DEFAULT), TINY))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("network.layers[0] (output): activation tanh with loss ");
    }

    /** Its logarithm is of the outputs: at 0 or below, the loss is no number. */
    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"SOFTPLUS", "SIGMOID", "SOFTMAX"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesPoissonOfOutputsThatMayBeNegative(Activation activation) {
        NetworkSpec value = layers(new LayerSpec.Output(1, activation));

        assertThatThrownBy(() -> NetworkBuilder.configuration(Sample.regression(value, Loss.POISSON), data(1, 6, 6, 0)))
                .isInstanceOf(Failure.class)
                .hasMessage("network.layers[0] (output): activation "
                        + activation.name().toLowerCase(Locale.ROOT)
                        + " with loss poisson, which takes the logarithm of the outputs and so needs them above 0, as"
                        + " softplus gives them");
    }

    @Test
    void refusesTheCosineOfOneOutput() {
        NetworkSpec value = layers(new LayerSpec.Output(1, Activation.IDENTITY));

        assertThatThrownBy(() -> Sample.regression(value, Loss.COSINE))
                .hasMessage(
                        "loss: found cosine with 1 output, allowed: another loss: the cosine of two single numbers tells"
                                + " only their signs");
    }

    @Test
    void refusesMapeWhenALabelIsZero() {
        MultiLayerConfiguration network = NetworkBuilder.configuration(
                Sample.regression(layers(new LayerSpec.Output(1, Activation.IDENTITY)), Loss.MAPE), data(1, 6, 6, 0));

        Losses.checkValues(network, 0);
        assertThatThrownBy(() -> Losses.checkValues(network, 3))
                .isInstanceOf(Failure.class)
                .hasMessage("loss: found mape, which divides by the label, but 3 examples have the label 0");
    }

    @Test
    void aBatchNormalisationOfUnitsNeedsTwoExamples() {
        LayerSpec normalization = new LayerSpec.BatchNormalization(0.9, 1e-5);
        NetworkSpec units = layers(new LayerSpec.Dense(4, Activation.RELU), normalization, output(3));
        NetworkSpec maps = layers(normalization, output(3));

        assertThat(NetworkBuilder.leastExamples(NetworkBuilder.configuration(experiment(units), TINY), TINY))
                .isEqualTo(2);
        assertThat(NetworkBuilder.leastExamples(NetworkBuilder.configuration(experiment(maps), TINY), TINY))
                .isEqualTo(1);
        DataShape pixel = data(2, 1, 1, 3);
        assertThat(NetworkBuilder.leastExamples(NetworkBuilder.configuration(experiment(maps), pixel), pixel))
                .isEqualTo(2);
    }

    @Test
    void refusesBatchesOfOneExampleWhereTheirMeanIsTheExample() {
        LayerSpec normalization = new LayerSpec.BatchNormalization(0.9, 1e-5);
        MultiLayerConfiguration units = NetworkBuilder.configuration(
                experiment(layers(new LayerSpec.Dense(4, Activation.RELU), normalization, output(3))), TINY);
        MultiLayerConfiguration none = NetworkBuilder.configuration(experiment(layers(output(3))), TINY);

        NetworkBuilder.checkBatch(none, TINY, 1);
        NetworkBuilder.checkBatch(units, TINY, 2);
        assertThatThrownBy(() -> NetworkBuilder.checkBatch(units, TINY, 1))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(
                        "training: found batches of 1 example; the network's batch normalisation of units");
    }

    @ParameterizedTest
    @EnumSource(WeightInit.class)
    void knowsEveryWeightInitialisation(WeightInit init) {
        NetworkSpec network = new NetworkSpec.Layers(List.of(output(3)), init, 0.5, 0, 0, 0);

        float[] params = NetworkBuilder.network(NetworkBuilder.configuration(experiment(network), TINY))
                .params()
                .dup()
                .data()
                .asFloat();

        // DL4J keeps a layer's weights before its biases.
        double weights = 0;
        for (int i = 0; i < 36 * 3; i++) {
            weights += Math.abs(params[i]);
        }
        assertThat(params[36 * 3]).isEqualTo(0.5f);
        switch (init) {
            case ZERO -> assertThat(weights).isZero();
            case ONES -> assertThat(weights).isEqualTo(36 * 3);
            default -> assertThat(weights).isBetween(1.0, 36.0);
        }
    }

    static List<UpdaterSpec> updaters() {
        LearningRate rate = new LearningRate.Constant(0.01);
        return List.of(
                new UpdaterSpec.Sgd(rate),
                new UpdaterSpec.Nesterovs(rate, 0.8),
                new UpdaterSpec.Adam(rate, 0.8, 0.99, 1e-7),
                new UpdaterSpec.AmsGrad(rate, 0.8, 0.99, 1e-7),
                new UpdaterSpec.Nadam(rate, 0.8, 0.99, 1e-7),
                new UpdaterSpec.RmsProp(rate, 0.9, 1e-7),
                new UpdaterSpec.AdaGrad(rate, 1e-7),
                new UpdaterSpec.AdaDelta(0.9, 1e-7));
    }

    @Test
    void buildsUpdatersWithTheirNumbers() {
        IUpdater[] expected = {
            new Sgd(0.01),
            new Nesterovs(0.01, 0.8),
            new Adam(0.01, 0.8, 0.99, 1e-7),
            new AMSGrad(0.01, 0.8, 0.99, 1e-7),
            new Nadam(0.01, 0.8, 0.99, 1e-7),
            new RmsProp(0.01, 0.9, 1e-7),
            new AdaGrad(0.01, 1e-7),
            new AdaDelta(0.9, 1e-7)
        };

        assertThat(updaters().stream().map(Updaters::updater)).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void trainsWithEveryUpdater(UpdaterSpec updater) {
        MultiLayerNetwork network = NetworkBuilder.network(
                NetworkBuilder.configuration(experiment(layers(output(3)), Loss.MCXENT, updater), TINY));
        DataSet batch = batch(TINY);
        double before = network.score(batch);

        for (int i = 0; i < 20; i++) {
            network.fit(batch);
        }

        assertThat(network.score(batch)).isLessThan(before);
    }

    @Test
    void followsASchedule() {
        UpdaterSpec updater = new UpdaterSpec.Sgd(new LearningRate.Poly(0.5, 1, 4, LearningRate.Unit.STEP));
        MultiLayerNetwork network = NetworkBuilder.network(
                NetworkBuilder.configuration(experiment(layers(output(3)), Loss.MSE, updater), TINY));

        for (int step = 0; step < 4; step++) {
            assertThat(network.getLearningRate(0)).isCloseTo(0.5 * (1 - step / 4.0), within(1e-15));
            network.fit(batch(TINY));
        }
    }

    @Test
    void regularisesWeightsAndNotBiases() {
        NetworkSpec network = new NetworkSpec.Layers(List.of(output(3)), WeightInit.XAVIER, 0, 0.01, 0.02, 0);
        BaseLayer layer = (BaseLayer) NetworkBuilder.configuration(experiment(network), TINY)
                .getConf(0)
                .getLayer();

        assertThat(layer.getRegularization()).containsExactly(new L1Regularization(0.01), new L2Regularization(0.02));
        assertThat(layer.getRegularizationBias()).isEmpty();
    }

    @Test
    void decaysWeightsAndNotBiases() {
        NetworkSpec network = new NetworkSpec.Layers(
                List.of(convolution(2, 2), new LayerSpec.BatchNormalization(0.9, 1e-5), output(3)),
                WeightInit.XAVIER,
                0,
                0.01,
                0,
                0.05);
        MultiLayerNetwork built = NetworkBuilder.network(NetworkBuilder.configuration(experiment(network), TINY));

        for (int i : new int[] {0, 2}) {
            BaseLayer layer = (BaseLayer) built.getLayer(i).conf().getLayer();
            assertThat(layer.getRegularizationByParam("W"))
                    .containsExactly(new L1Regularization(0.01), new WeightDecay(0.05, true));
            assertThat(layer.getRegularizationByParam("b")).isEmpty();
        }
        assertThat(((BaseLayer) built.getLayer(1).conf().getLayer()).getRegularizationByParam("gamma"))
                .isNullOrEmpty();
    }

    @Test
    void clipsGradientsButNotWhatMovesRunningStatistics() {
        Experiment plain =
                experiment(layers(convolution(2, 2), new LayerSpec.BatchNormalization(0.9, 1e-5), output(3)));
        MultiLayerConfiguration network = NetworkBuilder.configuration(
                plain.with(plain.training()
                        .with(change -> change.gradientNormalization = Optional.of(
                                new GradientNormalization.ClipNorm(0.5, GradientNormalization.Per.PARAMETER)))),
                TINY);

        BaseLayer convolution = (BaseLayer) network.getConf(0).getLayer();
        assertThat(convolution.getGradientNormalization())
                .isEqualTo(org.deeplearning4j.nn.conf.GradientNormalization.ClipL2PerParamType);
        assertThat(convolution.getGradientNormalizationThreshold()).isEqualTo(0.5);
        assertThat(((BaseLayer) network.getConf(1).getLayer()).getGradientNormalization())
                .isEqualTo(org.deeplearning4j.nn.conf.GradientNormalization.None);
    }

    @Test
    void refusesToSmoothLabelsOfMinusAndPlusOne() {
        Experiment hinge = experiment(layers(output(3)), Loss.HINGE, UpdaterSpec.Adam.DEFAULT);

        assertThatThrownBy(() -> NetworkBuilder.configuration(
                        hinge.with(hinge.training().with(change -> change.labelSmoothing = 0.1)), TINY))
                .isInstanceOf(Failure.class)
                .hasMessage("training.labelSmoothing: found 0.1, but the loss takes labels of -1 and +1, which are no"
                        + " probabilities");
    }

    @Test
    void weighsClassesAndRefusesOtherNumbersOfThem() {
        MultiLayerConfiguration network =
                NetworkBuilder.configuration(weighted(Loss.NLL, new ClassWeights(List.of(1.0, 2.5, 0.1))), TINY);

        ILossFunction loss = ((OutputLayer) network.getConf(0).getLayer()).getLossFn();
        assertThat(loss).isInstanceOf(LossNegativeLogLikelihood.class);
        assertThat(((LossNegativeLogLikelihood) loss).getWeights().toFloatVector())
                .containsExactly(1, 2.5f, 0.1f);
        assertThatThrownBy(() ->
                        NetworkBuilder.configuration(weighted(Loss.MCXENT, new ClassWeights(List.of(1.0, 2.0))), TINY))
                .isInstanceOf(Failure.class)
                .hasMessage("training.classWeights: found 2 numbers; the data have 3 classes");
        assertThatThrownBy(() -> NetworkBuilder.configuration(weighted(Loss.MSE, ClassWeights.BALANCED), TINY))
                .isInstanceOf(Failure.class)
                .hasMessage("training.classWeights: the loss is mse; only mcxent and nll are weighted by class");
    }

    @Test
    void balancedWeightsAreWhatMakesEachClassCountAlike() {
        Experiment balanced = weighted(Loss.MCXENT, ClassWeights.BALANCED).withClassCounts(List.of(10, 20, 70));

        assertThat(balanced.training().classWeights())
                .contains(new ClassWeights(List.of(100 / 3.0 / 10, 100 / 3.0 / 20, 100 / 3.0 / 70)));
    }

    private static Experiment weighted(Loss loss, ClassWeights weights) {
        Experiment plain = experiment(layers(output(3)), loss, UpdaterSpec.Adam.DEFAULT);
        return plain.with(plain.training().with(change -> change.classWeights = Optional.of(weights)));
    }

    /** What experiment files say of training, as a network's JSON has it. */
    @Test
    void whatTrainsTheNetworkIsReadBackFromItsJson() {
        NetworkSpec network =
                new NetworkSpec.Layers(List.of(convolution(2, 2), output(3)), WeightInit.XAVIER, 0, 0, 0, 0.05);
        LearningRate rate = new LearningRate.Cosine(0.1, 7, 90, 0.001, LearningRate.Unit.STEP);
        Experiment plain = experiment(network, Loss.MCXENT, new UpdaterSpec.Sgd(rate));
        MultiLayerConfiguration built = NetworkBuilder.configuration(
                plain.with(plain.training().with(change -> {
                    change.classWeights = Optional.of(new ClassWeights(List.of(1 / 3.0, 0.7, 12345.678)));
                    change.gradientNormalization = Optional.of(new GradientNormalization.ClipValue(0.3));
                })),
                TINY);

        MultiLayerConfiguration read = SavedNetwork.parse(built.toJson(), "x.json");

        assertThat(read.toJson()).isEqualTo(built.toJson());
        assertThat(((LossMCXENT) ((OutputLayer) read.getConf(1).getLayer()).getLossFn())
                        .getWeights()
                        .toFloatVector())
                .containsExactly(1 / 3f, 0.7f, 12345.678f);
        for (int step = 0; step < 100; step++) {
            assertThat(((BaseLayer) read.getConf(0).getLayer()).getIUpdater().getLearningRate(step, 0))
                    .isEqualTo(((BaseLayer) built.getConf(0).getLayer())
                            .getIUpdater()
                            .getLearningRate(step, 0));
        }
    }

    @Test
    void addsNoRegularisationOfZero() {
        BaseLayer layer = (BaseLayer) NetworkBuilder.configuration(experiment(layers(output(3))), TINY)
                .getConf(0)
                .getLayer();

        assertThat(layer.getRegularization()).isEmpty();
    }

    @Test
    void modeSamePadsKernelsLargerThanThePicture() {
        NetworkSpec network = layers(convolution(2, 9, 1, 0, 1, LayerSpec.Mode.SAME), output(3));

        assertTrains(network, Loss.MCXENT);
    }

    @Test
    void slopesBeginAsTheFileSaysOneForEachChannelOrUnit() {
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(
                experiment(layers(
                        convolution(2, 2),
                        new LayerSpec.Prelu(0.25),
                        new LayerSpec.Dense(4, Activation.IDENTITY),
                        new LayerSpec.Prelu(-0.5),
                        output(3))),
                TINY));

        assertThat(network.getLayer(1).params().toFloatVector()).containsExactly(0.25f, 0.25f);
        assertThat(network.getLayer(3).params().toFloatVector()).containsExactly(-0.5f, -0.5f, -0.5f, -0.5f);
    }

    @Test
    void padsEachSideByItself() {
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(
                experiment(layers(new LayerSpec.ZeroPadding(new Extent(1, 2), new Extent(3, 0)), output(3))), TINY));
        INDArray ones = Nd4j.ones(DataType.FLOAT, 1, TINY.channels(), TINY.height(), TINY.width());
        INDArray padded = network.feedForwardToLayer(0, ones).get(1);

        assertThat(padded.shape()).containsExactly(1, TINY.channels(), TINY.height() + 4, TINY.width() + 2);
        assertThat(padded.getFloat(0, 0, 0, 2)).isZero();
        assertThat(padded.getFloat(0, 0, 1, 1)).isZero();
        assertThat(padded.getFloat(0, 0, 1, 2)).isOne();
        assertThat(padded.getFloat(0, 0, TINY.height(), TINY.width() + 1)).isOne();
        assertThat(padded.sumNumber().intValue()).isEqualTo(TINY.features());
    }

    private static void assertTrains(NetworkSpec spec, Loss loss) {
        MultiLayerNetwork network = NetworkBuilder.network(
                NetworkBuilder.configuration(experiment(spec, loss, UpdaterSpec.Adam.DEFAULT), TINY));
        network.fit(batch(TINY));

        assertThat(network.score()).isFinite();
        assertThat(network.params().sumNumber().doubleValue()).isFinite();
    }

    private static DataSet batch(DataShape shape) {
        Nd4j.getRandom().setSeed(3);
        INDArray features = Nd4j.rand(DataType.FLOAT, 6, shape.channels(), shape.height(), shape.width());
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 6, shape.outputs());
        for (int i = 0; i < 6; i++) {
            labels.putScalar(i, i % shape.outputs(), 1);
        }
        return new DataSet(features, labels);
    }

    private static double retained(double rate) {
        MultiLayerConfiguration network =
                NetworkBuilder.configuration(experiment(layers(new LayerSpec.Dropout(rate), output(3))), TINY);
        return ((Dropout) ((DropoutLayer) network.getConf(0).getLayer()).getIDropout()).getP();
    }

    private static String lossClass(MultiLayerConfiguration network) {
        return ((OutputLayer) network.getConf(network.getConfs().size() - 1).getLayer())
                .getLossFn()
                .getClass()
                .getSimpleName();
    }
}
