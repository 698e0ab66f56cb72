package dev.featuremap.engine;

import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks whose loss has a derivative everywhere near their starts; features {@code [n, 2, 8, 8]}, 3 outputs. */
final class SmoothNetworks {
    private SmoothNetworks() {}

    static List<MultiLayerConfiguration> all() {
        return List.of(
                network(ConvolutionMode.Same, SubsamplingLayer.PoolingType.MAX, Activation.TANH, LossFunction.MCXENT),
                network(
                        ConvolutionMode.Truncate,
                        SubsamplingLayer.PoolingType.AVG,
                        Activation.SIGMOID,
                        LossFunction.MSE),
                network(ConvolutionMode.Same, SubsamplingLayer.PoolingType.AVG, Activation.TANH, LossFunction.L2));
    }

    private static MultiLayerConfiguration network(
            ConvolutionMode mode, SubsamplingLayer.PoolingType pooling, Activation activation, LossFunction loss) {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .convolutionMode(mode)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(4)
                        .activation(activation)
                        .build())
                .layer(new SubsamplingLayer.Builder(pooling)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nOut(3)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new ActivationLayer(activation))
                .layer(new DenseLayer.Builder()
                        .nOut(6)
                        .activation(Activation.SOFTMAX)
                        .build())
                .layer(new OutputLayer.Builder(loss)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 2))
                .build();
    }
}
