package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.featuremap.backend.Backend;
import dev.featuremap.backend.OneDnnSwitch;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Engine nd4j, on DL4J's oneDNN helpers, against DL4J's own layers. */
class FaultyHelpersTest {
    @BeforeEach
    void helpersAreOn() {
        Backend.start();
        assumeThat(OneDnnSwitch.isOn()).as("DL4J's helpers are on").isTrue();
    }

    @Test
    @Tag("slow")
    void everyGradientIsThatOfDl4jsOwnLayers() {
        Random random = new Random(1);
        int helped = 0;
        for (int i = 0; i < 120; i++) {
            long seed = 1L + random.nextInt(1_000_000);
            RandomNetwork drawn = RandomNetwork.gentle(seed);
            DataSet batch = drawn.batch(4 + random.nextInt(6), seed);
            MultiLayerNetwork network = withHelpers(drawn.configuration());
            helped += hasHelpers(network) ? 1 : 0;
            assertThatGradientsAreDl4js(new Nd4jEngine(network), batch);
        }
        assertThat(helped).as("networks that have helpers").isGreaterThan(60);
    }

    /** Should this fail with another DL4J, FaultyHelpers has done its duty. */
    @Test
    void anAveragePoolThatCountsPaddingIsFaultyWithItsHelper() {
        DataSet batch = TestNetworks.batch(4, 1, 8, 2, 5);
        float[] faulty = Gradients.of(withHelpers(averagePool()), batch);
        float[] right = Gradients.of(TestNetworks.network(averagePool()), batch);
        double difference = 0;
        for (int i = 0; i < right.length; i++) {
            difference = Math.max(difference, Math.abs(faulty[i] - right[i]));
        }
        assertThat(difference).isGreaterThan(0.1 * Gradients.largest(right, 0, right.length));
        assertThatGradientsAreDl4js(new Nd4jEngine(withHelpers(averagePool())), batch);
    }

    private static void assertThatGradientsAreDl4js(Nd4jEngine engine, DataSet batch) {
        MultiLayerNetwork reference = TestNetworks.network(engine.network().getLayerWiseConfigurations());
        Gradients.assertClose(reference, Gradients.of(engine.network(), batch), Gradients.of(reference, batch));
    }

    private static MultiLayerNetwork withHelpers(MultiLayerConfiguration configuration) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
        network.init();
        return network;
    }

    private static boolean hasHelpers(MultiLayerNetwork network) {
        return Arrays.stream(network.getLayers()).map(Layer::getHelper).anyMatch(Objects::nonNull);
    }

    private static MultiLayerConfiguration averagePool() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                        .kernelSize(3, 3)
                        .stride(2, 2)
                        .convolutionMode(ConvolutionMode.Same)
                        .avgPoolIncludePadInDivisor(true)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 1))
                .build();
    }
}
