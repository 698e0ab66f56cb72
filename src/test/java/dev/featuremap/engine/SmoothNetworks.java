package dev.featuremap.engine;

import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
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
                network(ConvolutionMode.Same, SubsamplingLayer.PoolingType.AVG, Activation.TANH, LossFunction.L2),
                furtherLayers());
    }

    /** With an alpha so large that it counts whose divisor a neighbour's share is taken by. */
    private static MultiLayerConfiguration furtherLayers() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .activation(Activation.TANH)
                .list()
                .layer(new ZeroPaddingLayer(1, 0, 2, 1))
                .layer(new DepthwiseConvolution2D.Builder(3, 3)
                        .depthMultiplier(3)
                        .build())
                .layer(new LocalResponseNormalization.Builder(2, 3, 0.5, 0.75).build())
                .layer(new Upsampling2D.Builder().size(new int[] {1, 2}).build())
                .layer(new Cropping2D(2, 1, 0, 3))
                .layer(new PReLULayer.Builder()
                        .inputShape(6, 1, 1)
                        .sharedAxes(2, 3)
                        .weightInit(new ConstantDistribution(0.25))
                        .build())
                .layer(new SeparableConvolution2D.Builder(2, 3)
                        .nOut(5)
                        .depthMultiplier(2)
                        .dilation(2, 1)
                        .build())
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(new PReLULayer.Builder()
                        .inputShape(5)
                        .weightInit(new ConstantDistribution(-0.5))
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 2))
                .build();
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
