package dev.featuremap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;

class InferenceReaderTest {
    private static final DataShape DATA = new DataShape(1, 6, 6, List.of("a", "b"));

    static Stream<Arguments> unknown() {
        return Stream.of(
                Arguments.of(
                        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.SUM).build(), "subsampling by SUM"),
                Arguments.of(new SubsamplingLayer.Builder(2, 2).dilation(2, 1).build(), "dilated subsampling"),
                Arguments.of(new GlobalPoolingLayer.Builder(PoolingType.PNORM).build(), "global pooling by PNORM"),
                Arguments.of(
                        new GlobalPoolingLayer.Builder()
                                .collapseDimensions(false)
                                .build(),
                        "a GlobalPoolingLayer of this kind"),
                Arguments.of(
                        new PReLULayer.Builder()
                                .inputShape(1, 6, 6)
                                .weightInit(WeightInit.ONES)
                                .build(),
                        "a PReLULayer of this kind"),
                Arguments.of(new Cropping2D(1, 1), "a Cropping2D of this kind"),
                Arguments.of(new DropoutLayer(new GaussianDropout(0.5)), "a DropoutLayer of this kind"),
                Arguments.of(new DenseLayer.Builder().nOut(3).hasLayerNorm(true).build(), "a DenseLayer of this kind"),
                Arguments.of(dense(Activation.RATIONALTANH.getActivationFunction()), "activation rationaltanh"),
                // Experiment files know only the slope 0.01.
                Arguments.of(dense(new ActivationLReLU(0.3)), "activation leakyrelu(a=0.3)"));
    }

    private static Layer dense(org.nd4j.linalg.activations.IActivation function) {
        return new DenseLayer.Builder().nOut(3).activation(function).build();
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void refusesByNameWhatExperimentFilesDoNotKnow(Layer layer, String named) {
        assertThatThrownBy(() -> InferenceReader.read(network(layer), DATA, "a file"))
                .isInstanceOf(Failure.class)
                .hasMessage("layer 0: a file does not know " + named);
    }

    @Test
    void readsPoolsByANorm() {
        SubsamplingLayer layer = new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.PNORM, new int[] {2, 2})
                .pnorm(3)
                .build();
        assertThat(InferenceReader.read(network(layer), DATA, "a file").layers().get(0))
                .isInstanceOfSatisfying(InferenceLayer.Subsampling.class, pool -> {
                    assertThat(pool.pooling()).isEqualTo("pnorm");
                    assertThat(pool.pnorm()).isEqualTo(3);
                });
    }

    private static MultiLayerNetwork network(Layer first) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(first)
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(6, 6, 1))
                .build());
        network.init();
        return network;
    }
}
