package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

class ParameterOrderTest {
    private static final Layer DEPTHWISE =
            new DepthwiseConvolution2D.Builder(2, 2).depthMultiplier(2).build();
    private static final Layer SEPARABLE =
            new SeparableConvolution2D.Builder(2, 2).nOut(3).build();

    static Stream<Arguments> layersAndEngines() {
        Function<MultiLayerNetwork, Engine> nd4j = Nd4jEngine::new;
        Function<MultiLayerNetwork, Engine> oneDnn = network -> new OneDnnEngine(network, 1);
        return Stream.of(DEPTHWISE, SEPARABLE)
                .flatMap(layer -> Stream.of(nd4j, oneDnn).map(engine -> Arguments.of(layer, engine)));
    }

    /** Of pictures of zeros no weight has a gradient, so that a step of rate 1 takes off just what L2 asks for. */
    @ParameterizedTest
    @MethodSource("layersAndEngines")
    void regularisationReachesEveryWeightAndNoBias(Layer layer, Function<MultiLayerNetwork, Engine> engine) {
        MultiLayerNetwork before = network(layer, new Sgd(1), 0.5);
        MultiLayerNetwork after = stepped(engine, network(layer, new Sgd(1), 0.5));
        MultiLayerNetwork free = stepped(engine, network(layer, new Sgd(1), 0));

        assertThat(after.getParam("0_W")).isEqualTo(before.getParam("0_W").mul(0.5));
        assertThat(after.getParam("0_b")).isEqualTo(free.getParam("0_b"));
    }

    /** Should this fail with another DL4J, ParameterOrder has done its duty. */
    @Test
    void dl4jItselfRegularisesTheBias() {
        MultiLayerNetwork regularised = network(DEPTHWISE, new Sgd(1), 0.5);
        MultiLayerNetwork free = network(DEPTHWISE, new Sgd(1), 0);
        regularised.fit(zeros());
        free.fit(zeros());

        assertThat(regularised.getParam("0_b")).isNotEqualTo(free.getParam("0_b"));
    }

    @Test
    void whatTheUpdaterRemembersStays() {
        MultiLayerNetwork network = network(DEPTHWISE, new Adam(0.1), 0.5);
        network.fit(zeros());
        INDArray remembered = network.getUpdater().getStateViewArray().dup();
        ParameterOrder.mend(network);

        assertThat(network.getUpdater().getStateViewArray()).isEqualTo(remembered);
    }

    private static MultiLayerNetwork stepped(Function<MultiLayerNetwork, Engine> engine, MultiLayerNetwork network) {
        try (Engine opened = engine.apply(network)) {
            opened.step(zeros(), 1);
            return opened.network();
        }
    }

    private static DataSet zeros() {
        return new DataSet(Nd4j.zeros(DataType.FLOAT, 2, 2, 4, 4), Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}
        }));
    }

    private static MultiLayerNetwork network(Layer layer, IUpdater updater, double l2) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(updater)
                .biasInit(3)
                .l2(l2)
                .list()
                .layer(layer.clone())
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(4, 4, 2))
                .build());
        network.init();
        return network;
    }
}
