package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;

class OneDnnEngineUnsupportedTest {
    private static final Layer OUTPUT = new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(3)
            .activation(Activation.SOFTMAX)
            .build();

    private static MultiLayerConfiguration network(NeuralNetConfiguration.Builder builder, Layer... layers) {
        var list = builder.list();
        for (Layer layer : layers) {
            list.layer(layer.clone());
        }
        return list.setInputType(InputType.convolutional(12, 12, 1)).build();
    }

    private static MultiLayerConfiguration network(Layer... layers) {
        return network(new NeuralNetConfiguration.Builder(), layers);
    }

    private static void assertLacks(String lacking, MultiLayerConfiguration configuration) {
        assertThat(OneDnnEngine.unsupported(configuration)).contains(lacking);
        // A saved network is asked before it is built.
        assertThat(OneDnnEngine.unsupported(MultiLayerConfiguration.fromJson(configuration.toJson())))
                .contains(lacking);
    }

    @Test
    void oneDnnLoadsWhereTheTestsRun() {
        assertThat(OneDnnEngine.unavailable()).isEmpty();
    }

    @Test
    void knowsLenet() {
        assertThat(OneDnnEngine.unsupported(TestNetworks.lenet())).isEmpty();
    }

    @Test
    void namesALayerItLacks() {
        assertLacks(
                "layer 0: Deconvolution2D",
                network(new Deconvolution2D.Builder(2, 2).nOut(3).build(), OUTPUT));
    }

    @Test
    void namesPoolingAndSlopesItLacks() {
        assertLacks("layer 0: subsampling by SUM", network(new GlobalPoolingLayer(PoolingType.SUM), OUTPUT));
        MultiLayerConfiguration columns = network(new GlobalPoolingLayer(), OUTPUT);
        ((GlobalPoolingLayer) columns.getConf(0).getLayer()).setPoolingDimensions(new int[] {2});
        assertLacks("layer 0: global pooling over dimensions [2]", columns);
        Layer prelu = new PReLULayer.Builder()
                .inputShape(1, 12, 12)
                .weightInit(WeightInit.ONES)
                .build();
        assertLacks("layer 0: PReLU with other slopes than one for each channel or unit", network(prelu, OUTPUT));
    }

    @Test
    void namesASubsamplingItLacks() {
        Layer pool = new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.PNORM)
                .pnorm(2)
                .kernelSize(2, 2)
                .build();
        assertLacks("layer 0: subsampling by PNORM", network(pool, OUTPUT));
    }

    @Test
    void namesAnActivationItLacks() {
        for (IActivation lacking : List.of(
                new ActivationRReLU(),
                new ActivationELU(0.5),
                new ActivationGELU(true),
                new ActivationReLU(6.0, 0.0, 0.0))) {
            Layer dense = new DenseLayer.Builder().nOut(4).activation(lacking).build();
            assertLacks("layer 0: activation " + lacking, network(dense, OUTPUT));
        }
    }

    @Test
    void namesALossItLacks() {
        Layer output = new OutputLayer.Builder(new LossFMeasure())
                .nOut(1)
                .activation(Activation.SIGMOID)
                .build();
        assertThat(OneDnnEngine.unsupported(network(output)).orElseThrow()).startsWith("layer 0: loss LossFMeasure");
    }

    @Test
    void namesAnUpdaterItLacks() {
        assertLacks(
                "layer 0: updater AdaMax", network(new NeuralNetConfiguration.Builder().updater(new AdaMax()), OUTPUT));
    }

    @Test
    void namesNoiseAndConstraints() {
        Layer noisy = new DenseLayer.Builder()
                .nOut(4)
                .weightNoise(new DropConnect(0.5))
                .build();
        assertLacks("layer 0: weight noise", network(noisy, OUTPUT));
        Layer constrained = new DenseLayer.Builder()
                .nOut(4)
                .constrainWeights(new MaxNormConstraint(1, 1))
                .build();
        assertLacks("layer 0: constraints", network(constrained, OUTPUT));
    }

    @Test
    void namesDropoutOfAnotherKind() {
        Layer dense = new DenseLayer.Builder()
                .nOut(4)
                .activation(Activation.RELU)
                .dropOut(new GaussianDropout(0.5))
                .build();
        assertLacks("layer 0: GaussianDropout", network(dense, OUTPUT));
    }

    @Test
    void namesFixedGammaOtherThanOne() {
        Layer fixed = new BatchNormalization.Builder(2, 0, true).build();
        assertLacks("layer 0: batch normalisation with fixed gamma 2.0 and beta 0.0", network(fixed, OUTPUT));
    }

    @Test
    void namesDoublePrecision() {
        assertLacks(
                "data type DOUBLE", network(new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE), OUTPUT));
    }

    @Test
    void refusesSuchANetworkWithARemedy() {
        MultiLayerNetwork network =
                TestNetworks.network(network(new NeuralNetConfiguration.Builder().updater(new AdaMax()), OUTPUT));
        assertThatThrownBy(() -> new OneDnnEngine(network, 1)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.getMessage()).isEqualTo("engine onednn does not know layer 0: updater AdaMax");
            assertThat(failure.remedy()).isEqualTo("set training.engine=nd4j, or leave it at auto");
        });
    }
}
