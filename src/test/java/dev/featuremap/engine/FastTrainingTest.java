package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class FastTrainingTest {
    /** Another learning rate from the second epoch on. */
    private static IUpdater adam() {
        return new Adam(new MapSchedule(ScheduleType.EPOCH, Map.of(0, 0.01, 1, 0.002)));
    }

    /** Takes {@code [n, 2, 10, 10]} and tells four classes. */
    private static MultiLayerNetwork network(IUpdater updater) {
        return TestNetworks.network(new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(updater)
                .l2(0.01)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(6)
                        .activation(Activation.TANH)
                        .build())
                .layer(new SubsamplingLayer.Builder()
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nOut(20)
                        .activation(Activation.SIGMOID)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(10, 10, 2))
                .build());
    }

    private static DataSet batch(int step) {
        return TestNetworks.batch(step % 3 == 2 ? 3 : 8, 2, 10, 4, step);
    }

    /** 22 examples: batches of 8, 8 and 6. */
    private static DataSetIterator iterator() {
        DataSetIterator iterator =
                new ListDataSetIterator<>(TestNetworks.batch(22, 2, 10, 4, 1).asList(), 8);
        iterator.setPreProcessor(new ImagePreProcessingScaler(-1, 1, 1));
        return iterator;
    }

    private static void assertSame(MultiLayerNetwork actual, MultiLayerNetwork expected) {
        assertThat(distance(actual.params(), expected.params())).isLessThan(1e-4);
        assertThat(distance(actual.updaterState(), expected.updaterState())).isLessThan(1e-4);
        assertThat(actual.score()).isCloseTo(expected.score(), within(1e-4));
        assertThat(actual.getIterationCount()).isEqualTo(expected.getIterationCount());
        assertThat(actual.getEpochCount()).isEqualTo(expected.getEpochCount());
    }

    private static double distance(INDArray a, INDArray b) {
        return a.sub(b).norm2Number().doubleValue() / (1e-9 + b.norm2Number().doubleValue());
    }

    /** Trains one network by the engine and one by DL4J, and compares what they are. */
    private static FastTraining assertTrainsAsDl4j(
            Consumer<FastTraining> actually, Consumer<MultiLayerNetwork> expected, Consumer<MultiLayerNetwork> before) {
        MultiLayerNetwork fast = network(adam());
        MultiLayerNetwork dl4j = network(adam());
        before.accept(fast);
        before.accept(dl4j);
        expected.accept(dl4j);
        try (FastTraining training = FastTraining.of(fast)) {
            actually.accept(training);
            assertSame(fast, dl4j);
            return training;
        }
    }

    private static void assertAllByEngine(
            Consumer<FastTraining> actually, Consumer<MultiLayerNetwork> expected, Consumer<MultiLayerNetwork> before) {
        assertThat(assertTrainsAsDl4j(actually, expected, before).lacking()).isEmpty();
    }

    static List<Path> shippedNetworks() throws IOException {
        try (var files = Files.list(Path.of("conf/network"))) {
            return files.sorted().toList();
        }
    }

    /** Light squares on black, each class's at a place of its own: on noise, Adam makes whole steps of nothing but rounding. */
    private static DataSet squares(int examples, int size, int classes, int seed) {
        DataSet batch = TestNetworks.batch(examples, 1, size, classes, seed);
        for (int i = 0; i < examples; i++) {
            int place = batch.getLabels().getRow(i).argMax().getInt(0) * 7;
            INDArray square = batch.getFeatures().slice(i).slice(0).dup();
            batch.getFeatures().slice(i).assign(0);
            int row = (place + i) % (size - 6);
            int column = place % (size - 5);
            INDArrayIndex[] where = {NDArrayIndex.interval(row, row + 6), NDArrayIndex.interval(column, column + 6)};
            batch.getFeatures().slice(i).slice(0).put(where, square.get(where));
        }
        return batch;
    }

    @ParameterizedTest
    @MethodSource("shippedNetworks")
    void lossesOfTenStepsAreDl4js(Path file) throws IOException {
        MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(Files.readString(file));
        // Where maps lie in blocks, whose size is the processor's, DrawnDropout does not know which units are dropped.
        boolean drops = Layout.of(NetworkPlan.of(configuration)) == Layout.CHANNELS_LAST;
        if (!drops) {
            configuration.getConfs().stream()
                    .map(NeuralNetConfiguration::getLayer)
                    .filter(DropoutLayer.class::isInstance)
                    .forEach(layer -> ((DropoutLayer) layer).setIDropout(new Dropout(1)));
        }
        MultiLayerConfiguration drawing = configuration.clone();
        List<DrawnDropout> drawn = new ArrayList<>();
        for (int i = 0; i < drawing.getConfs().size(); i++) {
            if (drops && drawing.getConf(i).getLayer() instanceof DropoutLayer dropout) {
                drawn.add(new DrawnDropout(i, ((Dropout) dropout.getIDropout()).getP()));
                dropout.setIDropout(drawn.get(drawn.size() - 1));
            }
        }
        MultiLayerNetwork expected = TestNetworks.network(drawing);
        MultiLayerNetwork actual = TestNetworks.network(configuration);
        assertThat(actual.params()).isEqualTo(expected.params());
        int size = file.endsWith("xo-cnn.json") ? 12 : 28;
        int outputs = (int) ((BaseOutputLayer) actual.getOutputLayer().conf().getLayer()).getNOut();
        try (FastTraining training = FastTraining.of(actual)) {
            for (int step = 0; step < 10; step++) {
                DataSet batch = squares(16, size, outputs, step);
                long seed = StepSeed.of(actual.getDefaultConfiguration().getSeed(), step);
                drawn.forEach(dropout -> dropout.setSeed(seed));
                expected.fit(batch);
                training.fit(batch);
                assertThat(actual.score()).isCloseTo(expected.score(), within(drops ? 1e-4 : 1e-3));
            }
            assertThat(training.lacking()).isEmpty();
        }
    }

    @Test
    void epochsResetTheIteratorScaleThePicturesAndCount() {
        assertAllByEngine(
                training -> training.fit(iterator(), 3), network -> network.fit(iterator(), 3), network -> {});
    }

    @Test
    void takesAnIteratorThatReadsAheadItself() {
        assertAllByEngine(
                training -> training.fit(new AsyncDataSetIterator(iterator()), 2),
                network -> network.fit(new AsyncDataSetIterator(iterator()), 2),
                network -> {});
    }

    @Test
    void leavesImpossibleNumbersOfEpochsToDl4jsWords() {
        assertTrainsAsDl4j(
                training -> assertThatThrownBy(() -> training.fit(iterator(), 0))
                        .hasMessage(catchThrowable(() -> network(adam()).fit(iterator(), 0))
                                .getMessage()),
                network -> {},
                network -> {});
    }

    /** The network at each call, as far as it is the same whoever trains. */
    private static final class Told extends BaseTrainingListener {
        private final List<String> calls = new ArrayList<>();
        private final List<double[]> numbers = new ArrayList<>();

        private void note(String call, Model model, int iteration, int epoch) {
            MultiLayerNetwork network = (MultiLayerNetwork) model;
            calls.add(call + " " + iteration + " " + epoch + ": " + network.getIterationCount() + " "
                    + network.getEpochCount());
            numbers.add(new double[] {
                network.params().norm2Number().doubleValue(),
                network.updaterState().norm2Number().doubleValue(),
                iteration < 0 ? 0 : network.score(),
                iteration < 0 ? 0 : network.batchSize(),
                iteration < 0 ? 0 : network.getLabels().size(0)
            });
        }

        @Override
        public void onEpochStart(Model model) {
            note("start", model, -1, -1);
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            note("done", model, iteration, epoch);
        }

        @Override
        public void onEpochEnd(Model model) {
            note("end", model, -1, -1);
        }
    }

    @Test
    void listenersGetDl4jsCallsInItsOrderAndSeeTheNetworkAsItIsThen() {
        List<Told> told = new ArrayList<>();
        assertAllByEngine(training -> training.fit(iterator(), 2), network -> network.fit(iterator(), 2), network -> {
            told.add(new Told());
            network.setListeners(told.get(told.size() - 1));
        });
        assertThat(told.get(0).calls).hasSize(10).isEqualTo(told.get(1).calls);
        for (int i = 0; i < told.get(0).numbers.size(); i++) {
            assertThat(told.get(0).numbers.get(i))
                    .containsExactly(told.get(1).numbers.get(i), within(1e-3));
        }
    }

    private static BaseTrainingListener atIteration(int when, BiConsumer<MultiLayerNetwork, Integer> what) {
        return new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                if (iteration == when) {
                    what.accept((MultiLayerNetwork) model, iteration);
                }
            }
        };
    }

    @Test
    void aLearningRateThatAListenerSetsCountsFromTheNextStepOn() {
        assertAllByEngine(
                training -> training.fit(iterator(), 2),
                network -> network.fit(iterator(), 2),
                network -> network.setListeners(atIteration(1, (told, iteration) -> told.setLearningRate(0.1))));
    }

    @Test
    void whatIsChangedBetweenTwoCallsCounts() {
        Consumer<MultiLayerNetwork> change = network -> {
            network.setParams(network.params().mul(0.5));
            network.setLearningRate(0.05);
            network.fit(batch(9));
        };
        MultiLayerNetwork dl4j = network(adam());
        dl4j.fit(iterator());
        change.accept(dl4j);
        dl4j.fit(iterator());
        MultiLayerNetwork fast = network(adam());
        try (FastTraining training = FastTraining.of(fast)) {
            training.fit(iterator());
            change.accept(fast);
            INDArray features = batch(1).getFeatures();
            assertThat(distance(training.output(features), fast.output(features)))
                    .isLessThan(1e-5);
            training.fit(iterator());
            assertSame(fast, dl4j);
        }
    }

    @Test
    void dl4jGoesOnAsIfTheNetworkHadNeverLeftIt() {
        MultiLayerNetwork whole = network(adam());
        whole.fit(iterator(), 4);
        MultiLayerNetwork network = network(adam());
        network.fit(iterator());
        try (FastTraining training = FastTraining.of(network)) {
            training.fit(iterator(), 2);
        }
        network.fit(iterator());
        assertSame(network, whole);
    }

    @Test
    void theNetworkHasTheLastStepWhenAListenerThrows() {
        Consumer<MultiLayerNetwork> failing = network -> network.setListeners(atIteration(1, (told, iteration) -> {
            throw new IllegalStateException("enough");
        }));
        assertAllByEngine(
                training -> assertThatIllegalStateException()
                        .isThrownBy(() -> training.fit(iterator()))
                        .withMessage("enough"),
                network -> assertThatIllegalStateException().isThrownBy(() -> network.fit(iterator())),
                failing);
    }

    @Test
    void leavesANetworkThatTheEngineLacksToDl4jAndNamesWhy() {
        MultiLayerNetwork dl4j = network(new AdaMax(0.01));
        dl4j.fit(iterator(), 2);
        dl4j.fit(batch(7));
        MultiLayerNetwork network = network(new AdaMax(0.01));
        try (FastTraining training = FastTraining.of(network)) {
            training.fit(iterator(), 2);
            training.fit(batch(7));
            assertThat(training.lacking()).containsExactly("engine onednn does not know layer 0: updater AdaMax");
            assertThat(network.params()).isEqualTo(dl4j.params());
            assertThat(training.output(batch(1).getFeatures())).isEqualTo(dl4j.output(batch(1).getFeatures()));
            assertThat(training.evaluate(iterator()).stats())
                    .isEqualTo(dl4j.evaluate(iterator()).stats());
        }
    }

    /** Takes {@code [n, 2, length]} and tells four classes. */
    private static MultiLayerNetwork networkOfSequences(RNNFormat format, Layer... layers) {
        var list = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(adam())
                .list()
                .layer(convolution().nOut(6).activation(Activation.TANH).build());
        List.of(layers).forEach(list::layer);
        return TestNetworks.network(list.layer(new GlobalPoolingLayer())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(2, format))
                .build());
    }

    private static Convolution1DLayer.Builder convolution() {
        return new Convolution1DLayer.Builder(3).nOut(5);
    }

    private static DataSet sequences(int step) {
        DataSet batch = TestNetworks.batch(7, 2, 4 + step % 3, 4, step);
        INDArray pictures = batch.getFeatures();
        batch.setFeatures(pictures.reshape(7, 2, pictures.size(2) * pictures.size(3)));
        return batch;
    }

    @Test
    void trainsSequencesOfAnyLengthAsDl4j() {
        Layer[] layers = {
            new Subsampling1DLayer.Builder(2, 2).build(),
            new Convolution1DLayer.Builder(2).nOut(5).build()
        };
        MultiLayerNetwork dl4j = networkOfSequences(RNNFormat.NCW, layers);
        MultiLayerNetwork fast = networkOfSequences(RNNFormat.NCW, layers);
        try (FastTraining training = FastTraining.of(fast)) {
            for (int step = 0; step < 6; step++) {
                dl4j.fit(sequences(step));
                training.fit(sequences(step));
            }
            assertSame(fast, dl4j);
            INDArray features = sequences(7).getFeatures();
            assertThat(distance(training.output(features), dl4j.output(features)))
                    .isLessThan(1e-5);
            assertThat(training.lacking()).isEmpty();
        }
    }

    /** DL4J's own goes back as if there were none; where a layer of its own drops out, it does not. */
    @Test
    void dropoutBeforeAConvolutionOverSequencesGoesBackToo() {
        DrawnDropout drawn = new DrawnDropout(1, 0.5);
        MultiLayerNetwork dl4j = networkOfSequences(
                RNNFormat.NCW, new DropoutLayer(drawn), convolution().build());
        MultiLayerNetwork fast =
                networkOfSequences(RNNFormat.NCW, convolution().dropOut(0.5).build());
        try (FastTraining training = FastTraining.of(fast)) {
            for (int step = 0; step < 3; step++) {
                drawn.setSeed(StepSeed.of(5, step));
                dl4j.fit(sequences(step));
                training.fit(sequences(step));
            }
            assertSame(fast, dl4j);
        }
    }

    private static void assertLacks(String lacking, MultiLayerNetwork network) {
        try (FastTraining training = FastTraining.of(network)) {
            assertThat(training.lacking()).containsExactly("engine onednn does not know " + lacking);
        }
    }

    @Test
    void namesWhatItLacksForSequences() {
        Map<String, Layer> lacking = Map.of(
                "convolution mode Causal",
                convolution().convolutionMode(ConvolutionMode.Causal).build(),
                "dilated convolution over sequences",
                convolution().dilation(2).build(),
                "padded subsampling of sequences",
                new Subsampling1DLayer.Builder(2, 2, 1).build(),
                "batch normalisation of sequences",
                new BatchNormalization(),
                "Upsampling1D",
                new Upsampling1D.Builder(2).build(),
                "LSTM",
                new LSTM.Builder().nOut(3).build());
        lacking.forEach((what, layer) -> assertLacks("layer 1: " + what, networkOfSequences(RNNFormat.NCW, layer)));
        assertLacks("layer 0: data format NWC", networkOfSequences(RNNFormat.NWC));
    }

    /** What is told at its place is told by DL4J, whose activations and gradients these are. */
    @Test
    void leavesListenersOfPassesToDl4jAndNamesThem() {
        List<List<String>> told = new ArrayList<>();
        FastTraining training =
                assertTrainsAsDl4j(one -> one.fit(iterator(), 1), network -> network.fit(iterator(), 1), network -> {
                    List<String> calls = new ArrayList<>();
                    told.add(calls);
                    network.setListeners(new BaseTrainingListener() {
                        @Override
                        public void onForwardPass(Model model, List<INDArray> activations) {
                            calls.add("forward " + activations.size());
                        }

                        @Override
                        public void onGradientCalculation(Model model) {
                            calls.add("gradient " + model.gradient().gradient().sumNumber());
                        }
                    });
                });
        assertThat(told.get(0)).hasSize(6).isEqualTo(told.get(1));
        assertThat(training.lacking())
                .singleElement()
                .asString()
                .startsWith("engine onednn cannot call onForwardPass of listener " + FastTrainingTest.class.getName());
    }

    @Test
    void leavesBatchesWithMasksToDl4jAndGoesOn() {
        DataSet masked = batch(1);
        INDArray mask = Nd4j.ones(DataType.FLOAT, masked.numExamples(), 1);
        mask.putScalar(2, 0, 0);
        masked.setLabelsMaskArray(mask);
        List<DataSet> batches = List.of(batch(0), masked, batch(3), masked, batch(2));
        FastTraining training = assertTrainsAsDl4j(
                one -> batches.forEach(one::fit), network -> batches.forEach(network::fit), network -> {});
        assertThat(training.lacking()).containsExactly("engine onednn does not know mask arrays");
    }

    @Test
    void refusesDataThatDoNotFitInDl4jsWords() {
        INDArray features = batch(0).getFeatures();
        INDArray labels = batch(0).getLabels();
        List<DataSet> unfitting = List.of(
                TestNetworks.batch(8, 3, 10, 4, 1),
                TestNetworks.batch(8, 2, 13, 4, 1),
                TestNetworks.batch(8, 2, 10, 5, 1),
                new DataSet(features.reshape(8, 200), labels),
                new DataSet(features.reshape(8, 20, 10), labels));
        MultiLayerNetwork network = network(adam());
        try (FastTraining training = FastTraining.of(network)) {
            training.fit(batch(0));
            for (DataSet batch : unfitting) {
                Throwable expected = catchThrowable(() -> network(adam()).fit(batch));
                assertThatThrownBy(() -> training.fit(batch)).isInstanceOf(expected.getClass());
            }
            training.fit(batch(1));
            assertThat(network.getIterationCount()).isEqualTo(2);
        }
    }

    @Test
    void evaluatesAsDl4jDoes() {
        MultiLayerNetwork network = network(adam());
        network.fit(iterator(), 2);
        DataSetIterator named = iterator();
        try (FastTraining training = FastTraining.of(network)) {
            assertThat(training.evaluate(named).stats())
                    .isEqualTo(network.evaluate(iterator()).stats());
            RegressionEvaluation actual = new RegressionEvaluation();
            training.doEvaluation(iterator(), actual);
            RegressionEvaluation expected = network.doEvaluation(iterator(), new RegressionEvaluation())[0];
            assertThat(actual.averageMeanSquaredError()).isCloseTo(expected.averageMeanSquaredError(), within(1e-6));
            assertThat(training.lacking()).isEmpty();
        }
    }

    @Test
    void itsCloseWaitsForTheEpochThatAnotherThreadTrains() throws InterruptedException {
        MultiLayerNetwork network = network(adam());
        FastTraining training = FastTraining.of(network);
        Thread closing = new Thread(training::close);
        network.setListeners(onFirstIteration(() -> {
            closing.start();
            while (closing.getState() != Thread.State.BLOCKED && closing.isAlive()) {
                Thread.onSpinWait();
            }
        }));
        training.fit(iterator());
        closing.join();

        assertThat(network.getIterationCount()).isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(() -> training.fit(iterator()));
    }

    @Test
    void aListenerThatClosesItEndsTheTraining() {
        MultiLayerNetwork network = network(adam());
        FastTraining training = FastTraining.of(network);
        network.setListeners(onFirstIteration(training::close));

        assertThatIllegalStateException().isThrownBy(() -> training.fit(iterator()));
        assertThat(network.getIterationCount()).isOne();
    }

    private static BaseTrainingListener onFirstIteration(Runnable call) {
        return new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                if (iteration == 0) {
                    call.run();
                }
            }
        };
    }

    @Test
    void refusesToGoOnAfterItsClose() {
        MultiLayerNetwork network = network(adam());
        FastTraining training = FastTraining.of(network);
        training.close();
        training.close();
        List<Runnable> uses = List.of(
                () -> training.fit(iterator()),
                () -> training.fit(batch(0)),
                () -> training.output(batch(0).getFeatures()),
                () -> training.evaluate(iterator()));
        for (Runnable use : uses) {
            assertThatIllegalStateException().isThrownBy(use::run).withMessageContaining("closed");
        }
        network.fit(batch(0));
    }
}
