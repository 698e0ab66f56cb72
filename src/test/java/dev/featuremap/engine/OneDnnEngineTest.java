package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class OneDnnEngineTest {
    /** A small network with each kind of dropout: on the input, on feature maps, on rows. */
    private static MultiLayerConfiguration withDropout(IDropout[] dropouts) {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Nesterovs(0.05, 0.9))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(6)
                        .activation(Activation.TANH)
                        .dropOut(dropouts[0])
                        .build())
                .layer(new SubsamplingLayer.Builder()
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new DropoutLayer.Builder(dropouts[1]).build())
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nOut(5)
                        .activation(Activation.RELU)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nOut(20)
                        .activation(Activation.SIGMOID)
                        .dropOut(dropouts[2])
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .dropOut(dropouts[3])
                        .build())
                .setInputType(InputType.convolutional(10, 10, 2))
                .build();
    }

    private static MultiLayerConfiguration withDropout(double retain) {
        IDropout[] dropouts = new IDropout[4];
        for (int i = 0; i < dropouts.length; i++) {
            dropouts[i] = new org.deeplearning4j.nn.conf.dropout.Dropout(retain);
        }
        return withDropout(dropouts);
    }

    @Test
    void stepsOfLenetAreDl4js() {
        MultiLayerNetwork expected = TestNetworks.network(TestNetworks.lenet());
        MultiLayerNetwork actual = TestNetworks.network(TestNetworks.lenet());
        try (OneDnnEngine engine = new OneDnnEngine(actual, 2)) {
            for (int step = 0; step < 3; step++) {
                DataSet batch = TestNetworks.batch(4, 1, 28, 10, 100 + step);
                expected.fit(batch);
                double score = engine.step(batch, step);
                assertThat(score).isCloseTo(expected.score(), within(1e-5));
                assertThat(actual.score()).isEqualTo(score);
            }
            assertThat(distance(engine.network().params(), expected.params())).isLessThan(1e-5);
            INDArray features = TestNetworks.batch(300, 1, 28, 10, 77).getFeatures();
            assertThat(distance(engine.output(features), expected.output(features)))
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void dropoutMultipliesForthAndBackByTheSameMask(int replicas) {
        int[] layers = {0, 2, 4, 5};
        DrawnDropout[] drawn = new DrawnDropout[4];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = new DrawnDropout(layers[i], 0.7);
        }
        MultiLayerNetwork expected = new MultiLayerNetwork(withDropout(drawn));
        expected.init();
        MultiLayerNetwork actual = TestNetworks.network(withDropout(0.7));
        try (OneDnnEngine engine = sharing(actual, replicas)) {
            for (int step = 0; step < 5; step++) {
                DataSet batch = TestNetworks.batch(8, 2, 10, 4, step);
                for (DrawnDropout dropout : drawn) {
                    dropout.setSeed(1000 + step);
                }
                expected.fit(batch);
                assertThat(engine.step(batch, 1000 + step)).isCloseTo(expected.score(), within(1e-4));
            }
            assertThat(distance(engine.network().params(), expected.params())).isLessThan(1e-4);
        }
    }

    @Test
    void dropoutThatKeepsEverythingChangesNothing() {
        List<INDArray> parameters = new ArrayList<>();
        for (IDropout dropout : new IDropout[] {null, new org.deeplearning4j.nn.conf.dropout.Dropout(1)}) {
            MultiLayerNetwork network =
                    TestNetworks.network(withDropout(new IDropout[] {dropout, dropout, dropout, dropout}));
            try (OneDnnEngine engine = new OneDnnEngine(network, 1)) {
                engine.step(TestNetworks.batch(8, 2, 10, 4, 1), 1);
            }
            parameters.add(network.params());
        }
        assertThat(parameters.get(0)).isEqualTo(parameters.get(1));
    }

    @Test
    void dropoutIsOffWhenNotTraining() {
        MultiLayerNetwork network = TestNetworks.network(withDropout(0.5));
        INDArray features = TestNetworks.batch(8, 2, 10, 4, 1).getFeatures();
        try (OneDnnEngine engine = new OneDnnEngine(network, 1)) {
            assertThat(distance(engine.output(features), network.output(features)))
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theSameStepsGiveTheSameBits(int replicas) {
        List<INDArray> parameters = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            MultiLayerNetwork network = TestNetworks.network(withDropout(0.8));
            train(network, replicas, 0, 12);
            parameters.add(network.params());
        }
        assertThat(parameters.get(0).toFloatVector())
                .containsExactly(parameters.get(1).toFloatVector());
    }

    @ParameterizedTest
    @CsvSource({"1,2", "1,3", "2,4"})
    void replicasDoNotChangeWhatIsLearned(int some, int more) {
        MultiLayerNetwork one = TestNetworks.network(withDropout(0.8));
        MultiLayerNetwork other = TestNetworks.network(withDropout(0.8));
        train(one, some, 0, 12);
        train(other, more, 0, 12);
        assertThat(distance(other.params(), one.params())).isLessThan(1e-4);
    }

    /** More replicas than processors, and shares of one and of two examples. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void batchNormalizationTakesTheWholeBatchsStatisticsFromAnyNumberOfReplicas(int replicas) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Nesterovs(0.05, 0.9))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(6).build())
                .layer(new BatchNormalization.Builder().decay(0.7).build())
                .layer(new ConvolutionLayer.Builder(2, 2).nOut(16).build())
                .layer(new BatchNormalization.Builder(true).build())
                .layer(new DenseLayer.Builder()
                        .nOut(20)
                        .activation(Activation.TANH)
                        .build())
                .layer(new BatchNormalization.Builder().build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(10, 10, 2))
                .build();
        MultiLayerNetwork expected = TestNetworks.network(configuration);
        MultiLayerNetwork actual = TestNetworks.network(configuration);
        MultiLayerNetwork again = TestNetworks.network(configuration);
        try (OneDnnEngine engine = sharing(actual, replicas);
                OneDnnEngine repeated = sharing(again, replicas)) {
            for (int step = 0; step < 6; step++) {
                DataSet batch = TestNetworks.batch(8, 2, 10, 4, step);
                expected.fit(batch);
                assertThat(engine.step(batch, step)).isCloseTo(expected.score(), within(1e-4));
                repeated.step(batch, step);
            }
            assertThat(distance(engine.network().params(), expected.params())).isLessThan(1e-4);
            assertThat(repeated.network().params().toFloatVector())
                    .as("to the bit")
                    .containsExactly(actual.params().toFloatVector());
        }
    }

    /** Sums of two shares would be rounded otherwise: the same bits tell that nothing was shared. */
    @Test
    void aBatchTooSmallToShareStaysWithOneReplica() {
        List<INDArray> parameters = new ArrayList<>();
        for (int replicas = 1; replicas <= 2; replicas++) {
            MultiLayerNetwork network = TestNetworks.network(withDropout(0.8));
            try (OneDnnEngine engine = new OneDnnEngine(network, replicas)) {
                for (int step = 0; step < 4; step++) {
                    engine.step(batch(step), step);
                }
            }
            parameters.add(network.params());
        }
        assertThat(parameters.get(0).toFloatVector())
                .containsExactly(parameters.get(1).toFloatVector());
    }

    @Test
    void countsTheMultiplicationsOfAnExample() {
        long first = 20 * 24 * 24 * 25;
        long second = 50 * 8 * 8 * 20 * 25;
        long dense = 800 * 500 + 500 * 10;
        assertThat(NetworkPlan.of(TestNetworks.lenet()).multiplications(new Shape(64, 1, 28, 28)))
                .isEqualTo(first + second + dense);
    }

    /** Batches of 7, 3 and 1: none divides evenly, and one has fewer examples than replicas. */
    private static double train(MultiLayerNetwork network, int replicas, int from, int to) {
        double score = 0;
        try (OneDnnEngine engine = sharing(network, replicas)) {
            for (int step = from; step < to; step++) {
                score = engine.step(batch(step), step);
            }
        }
        return score;
    }

    /** An engine whose replicas share batches however small. */
    private static OneDnnEngine sharing(MultiLayerNetwork network, int replicas) {
        NetworkPlan plan = NetworkPlan.of(network.getLayerWiseConfigurations());
        return new OneDnnEngine(network, replicas, plan, Arithmetic.f32(plan));
    }

    private static DataSet batch(int step) {
        int[] sizes = {7, 3, 1, 8};
        return TestNetworks.batch(sizes[step % sizes.length], 2, 10, 4, step);
    }

    @Test
    void goesOnFromARestoredModelAsIfItHadNeverStopped(@TempDir Path folder) throws IOException {
        MultiLayerNetwork whole = TestNetworks.network(withDropout(0.8));
        double expected = train(whole, 2, 0, 10);
        MultiLayerNetwork cut = TestNetworks.network(withDropout(0.8));
        train(cut, 2, 0, 6);
        Path model = folder.resolve("model.zip");
        ModelSerializer.writeModel(cut, model.toFile(), true);
        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(model.toFile(), true);
        assertThat(train(restored, 2, 6, 10)).isEqualTo(expected);
        assertThat(restored.params().toFloatVector())
                .containsExactly(whole.params().toFloatVector());
        assertThat(restored.getIterationCount()).isEqualTo(10);
    }

    @Test
    void plainDl4jGoesOnWhereItStopped(@TempDir Path folder) throws IOException {
        MultiLayerNetwork network = TestNetworks.network(withDropout(new IDropout[4]));
        Path model = folder.resolve("model.zip");
        try (OneDnnEngine engine = new OneDnnEngine(network, 1)) {
            for (int step = 0; step < 5; step++) {
                engine.step(batch(step), step);
            }
            ModelSerializer.writeModel(engine.network(), model.toFile(), true);
            MultiLayerNetwork plain = ModelSerializer.restoreMultiLayerNetwork(model.toFile(), true);
            for (int step = 5; step < 10; step++) {
                plain.fit(batch(step));
                assertThat(engine.step(batch(step), step)).isCloseTo(plain.score(), within(1e-4));
            }
            assertThat(distance(engine.network().params(), plain.params())).isLessThan(1e-4);
        }
    }

    @Test
    void scoresAndOutputsOfManyExamplesComeInTheirOrder() {
        MultiLayerNetwork network = TestNetworks.network(withDropout(0.8));
        DataSet batch = TestNetworks.batch(1001, 2, 10, 4, 3);
        try (OneDnnEngine engine = sharing(network, 2)) {
            Engine.Scored expected = new Nd4jEngine(network).score(batch.getFeatures(), batch.getLabels());
            Engine.Scored actual = engine.score(batch.getFeatures(), batch.getLabels());
            assertThat(distance(actual.outputs(), expected.outputs())).isLessThan(1e-5);
            assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-5));
        }
    }

    @Test
    void readsFeaturesInAnyOrderAndType() {
        MultiLayerNetwork network = TestNetworks.network(withDropout(0.8));
        INDArray features = TestNetworks.batch(20, 2, 10, 4, 3).getFeatures();
        try (OneDnnEngine engine = new OneDnnEngine(network, 1)) {
            INDArray expected = engine.output(features);
            assertThat(engine.output(features.dup('f'))).isEqualTo(expected);
            assertThat(engine.output(features.castTo(DataType.DOUBLE))).isEqualTo(expected);
            INDArray view =
                    Nd4j.concat(0, features, features).get(org.nd4j.linalg.indexing.NDArrayIndex.interval(20, 40));
            assertThat(engine.output(view)).isEqualTo(expected);
        }
    }

    @Test
    void leakyReluOfZeroHasDl4jsSlope() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Nesterovs(0.1, 0.9))
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(6)
                        .activation(Activation.LEAKYRELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 1))
                .build();
        DataSet black = new DataSet(Nd4j.zeros(DataType.FLOAT, 4, 1, 8, 8), Nd4j.ones(DataType.FLOAT, 4, 3));
        MultiLayerNetwork expected = TestNetworks.network(configuration);
        MultiLayerNetwork actual = TestNetworks.network(configuration);
        expected.fit(black);
        try (OneDnnEngine engine = new OneDnnEngine(actual, 1)) {
            engine.step(black, 1);
        }
        assertThat(distance(actual.params(), expected.params())).isLessThan(1e-6);
    }

    @Test
    void staysFiniteWhereSoftmaxSaturates() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(0.1))
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
        DataSet huge = new DataSet(
                Nd4j.createFromArray(new float[][] {{1e6f, -1e6f, 0, 1}, {-1e6f, 1e6f, 1, 0}}),
                Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 1, 0}}));
        MultiLayerNetwork expected = TestNetworks.network(configuration);
        MultiLayerNetwork actual = TestNetworks.network(configuration);
        expected.fit(huge);
        try (OneDnnEngine engine = new OneDnnEngine(actual, 1)) {
            double score = engine.step(huge, 1);
            assertThat(score).isFinite().isCloseTo(expected.score(), within(1e-4));
        }
        assertThat(distance(actual.params(), expected.params())).isLessThan(1e-5);
    }

    @Test
    void reportsALossThatIsNotANumber() {
        MultiLayerNetwork network = TestNetworks.network(withDropout(0.8));
        network.params().putScalar(0, Float.NaN);
        try (OneDnnEngine engine = new OneDnnEngine(network, 1)) {
            assertThat(engine.step(batch(0), 1)).isNaN();
        }
    }

    @Test
    void theNetworkIsCurrentAfterClosing() {
        MultiLayerNetwork network = TestNetworks.network(withDropout(0.8));
        INDArray before = network.params().dup();
        OneDnnEngine engine = sharing(network, 2);
        engine.step(batch(0), 1);
        engine.close();
        engine.close();
        assertThat(engine.network().params()).isNotEqualTo(before);
        assertThatThrownBy(() -> engine.step(batch(0), 1)).hasMessage("the engine is closed");
    }

    @Test
    void refusesWhatDoesNotFit() {
        MultiLayerNetwork network = TestNetworks.network(withDropout(0.8));
        try (OneDnnEngine engine = sharing(network, 2)) {
            INDArray features = TestNetworks.batch(4, 3, 10, 4, 1).getFeatures();
            assertThatThrownBy(() -> engine.output(features))
                    .hasMessage("features [2, 3, 10, 10] have 3 channels; the convolution takes 2");
            DataSet labels = new DataSet(batch(0).getFeatures(), Nd4j.zeros(7, 5));
            assertThatThrownBy(() -> engine.step(labels, 1)).hasMessageContaining("expected [7, 4]");
        }
    }

    private static double distance(INDArray a, INDArray b) {
        return a.sub(b).norm2Number().doubleValue() / (1e-9 + b.norm2Number().doubleValue());
    }
}
