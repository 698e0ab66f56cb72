package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bytedeco.dnnl.engine;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The backward pass by maxima, which channels last takes, against oneDNN's own kernels, which blocks take. */
class MaxPoolConvolutionBackwardTest {
    /** Nine pictures, so that rows of windows worked on together belong to two of them, and the last ones stand alone. */
    @Test
    void lenetsGradientsAreTheDenseKernels() {
        assertSameGradients(TestNetworks.lenet(), TestNetworks.batch(9, 1, 28, 10, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, Truncate, 1, 0", // windows side by side
        "2, 2, Same, 1, 0", // a last window half outside, a filter's zeros all around
        "3, 3, Truncate, 1, 1", // zeros around, which windows reach
        "2, 3, Truncate, 1, 0", // pixels between windows belong to none
        "2, 2, Truncate, 2, 0", // filters in steps of 2
        "2, 2, Same, 2, 0",
    })
    void gradientsAreTheDenseKernels(int pool, int poolStride, ConvolutionMode mode, int stride, int padding) {
        assertSameGradients(
                network(pool, poolStride, mode, stride, padding), TestNetworks.batch(5, 3, 17, 4, pool + stride));
    }

    /** A window of which nothing is a number names no maximum that could be trusted. */
    @Test
    void whatIsNotANumberEndsInALossThatIsNone() {
        MultiLayerNetwork network = TestNetworks.network(network(3, 3, ConvolutionMode.Same, 1, 0));
        network.params().assign(Float.NaN);
        DataSet batch = TestNetworks.batch(3, 3, 17, 4, 1);
        try (OneDnnEngine executor = new OneDnnEngine(network, 1)) {
            assertThat(executor.step(batch, 1)).isNaN();
        }
    }

    private static void assertSameGradients(MultiLayerConfiguration configuration, DataSet batch) {
        float[] expected = gradients(configuration, batch, Layout.BLOCKED);
        float[] actual = gradients(configuration, batch, Layout.CHANNELS_LAST);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
        }
        assertThat(difference).isLessThan(1e-5 * largest);
        assertThat(Arrays.equals(actual, expected))
                .as("whether nothing was done another way")
                .isFalse();
    }

    private static float[] gradients(MultiLayerConfiguration configuration, DataSet batch, Layout layout) {
        MultiLayerNetwork network = TestNetworks.network(configuration);
        NetworkPlan plan = NetworkPlan.of(configuration);
        try (engine cpu = new engine(engine.kind.cpu, 0);
                NativeFloats parameters = NativeFloats.of(network.params());
                Replica replica = new Replica(
                        new Replica.Setting(cpu, plan, Arithmetic.f32(layout), Arithmetic.f32(layout), parameters),
                        Exchange.Seat.ALONE)) {
            replica.train(Batch.of(plan, batch.getFeatures(), batch.getLabels()).shares(1)[0], 1, 1);
            float[] gradients = new float[(int) network.numParams()];
            replica.gradients().get(0, gradients);
            return gradients;
        }
    }

    private static MultiLayerConfiguration network(
            int pool, int poolStride, ConvolutionMode mode, int stride, int padding) {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.TANH)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(6).build())
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(10)
                        .stride(stride, stride)
                        .padding(padding, padding)
                        .convolutionMode(mode)
                        .build())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(pool, pool)
                        .stride(poolStride, poolStride)
                        .convolutionMode(mode)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(17, 17, 3))
                .build();
    }
}
