package dev.featuremap.network;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.TruncatedNormalDistribution;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Networks as a program of DL4J's makes them, without this project. */
final class PlainDl4j {
    private static final InputType PICTURE = InputType.convolutional(28, 28, 1);

    private PlainDl4j() {}

    static Map<String, MultiLayerConfiguration> networks() {
        Map<String, MultiLayerConfiguration> networks = new TreeMap<>();
        networks.put("multi-layer perceptron with given sizes", perceptron());
        networks.put("flattened pictures", network(InputType.convolutionalFlat(28, 28, 1), convolution(3), output()));
        networks.put("every option", everyOption());
        networks.put("convolutions of all kinds", convolutions());
        networks.put("recurrent layers", recurrent());
        networks.put("normalisation and noise", noise());
        networks.put("wrapped and frozen layers", wrapped());
        networks.put("custom loss weights", lossWeights());
        networks.put("object detection", objectDetection());
        networks.put("autoencoder", autoencoder());
        return networks;
    }

    static MultiLayerConfiguration perceptron() {
        return builder()
                .updater(new Adam(1e-3))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(784)
                        .nOut(20)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                        .nIn(20)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
    }

    private static MultiLayerConfiguration everyOption() {
        return builder()
                .l1(1e-4)
                .l2(1e-4)
                .l2Bias(1e-5)
                .weightDecay(1e-3)
                .biasInit(0.1)
                .biasUpdater(new Sgd(new StepSchedule(ScheduleType.EPOCH, 0.1, 0.5, 3)))
                .updater(new Nesterovs(
                        new MapSchedule.Builder(ScheduleType.ITERATION)
                                .add(0, 0.1)
                                .add(100, 0.01)
                                .build(),
                        0.9))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(2.5)
                .weightInit(new NormalDistribution(0, 0.01))
                .constrainWeights(new MaxNormConstraint(1.5, 1), new UnitNormConstraint(1))
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .nOut(8)
                        .name("first 第一 \u0080")
                        .dropOut(0.8)
                        .activation(new ActivationLReLU(0.3))
                        .weightInit(new TruncatedNormalDistribution(0, 0.02))
                        .build())
                .layer(new BatchNormalization.Builder()
                        .lockGammaBeta(true)
                        .gamma(0.7)
                        .build())
                .layer(new SubsamplingLayer.Builder(PoolingType.PNORM)
                        .pnorm(2)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nOut(30)
                        .activation(new ActivationRReLU())
                        .weightNoise(new DropConnect(0.9))
                        .updater(new Adam(new CycleSchedule(ScheduleType.ITERATION, 0.1, 100)))
                        .build())
                .layer(output())
                .setInputType(PICTURE)
                .build();
    }

    private static MultiLayerConfiguration convolutions() {
        return network(
                PICTURE,
                convolution(4),
                new ZeroPaddingLayer.Builder(1, 1, 2, 2).build(),
                new SeparableConvolution2D.Builder(3, 3).nOut(6).build(),
                new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(2).build(),
                new Deconvolution2D.Builder(2, 2).nOut(5).build(),
                new Cropping2D.Builder(1, 1, 1, 1).build(),
                new Upsampling2D.Builder(2).build(),
                new SpaceToDepthLayer.Builder<>(2).build(),
                new LocallyConnected2D.Builder().kernelSize(3, 3).nOut(4).build(),
                new LocalResponseNormalization.Builder().build(),
                new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                new LossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.TANH)
                        .build());
    }

    private static MultiLayerConfiguration recurrent() {
        return network(
                InputType.recurrent(7, 12),
                new Convolution1DLayer.Builder(3).nOut(6).build(),
                new Subsampling1DLayer.Builder().kernelSize(2).stride(2).build(),
                new LSTM.Builder().nOut(5).activation(Activation.TANH).build(),
                new SelfAttentionLayer.Builder()
                        .nHeads(2)
                        .projectInput(true)
                        .nOut(4)
                        .build(),
                new SimpleRnn.Builder().nOut(4).build(),
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build());
    }

    private static MultiLayerConfiguration noise() {
        return network(
                PICTURE,
                convolution(4),
                new BatchNormalization.Builder().useLogStd(true).build(),
                new DropoutLayer(new SpatialDropout(0.5)),
                new DropoutLayer(new AlphaDropout(0.9)),
                new DropoutLayer(new GaussianDropout(0.3)),
                new ActivationLayer(Activation.MISH),
                new PReLULayer.Builder().build(),
                new CenterLossOutputLayer.Builder()
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build());
    }

    private static MultiLayerConfiguration wrapped() {
        return network(
                InputType.recurrent(7),
                new MaskZeroLayer(new SimpleRnn.Builder().nOut(4).build(), 0),
                new Bidirectional(new LSTM.Builder().nOut(5).build()),
                new LastTimeStep(new LSTM.Builder().nOut(5).build()),
                new FrozenLayer(new DenseLayer.Builder().nOut(5).build()),
                new ElementWiseMultiplicationLayer.Builder().nOut(5).build(),
                output());
    }

    private static MultiLayerConfiguration lossWeights() {
        return builder()
                .weightInit(WeightInit.UNIFORM)
                .updater(new AdaMax(0.01))
                .list()
                .layer(new EmbeddingLayer.Builder().nIn(20).nOut(6).build())
                .layer(new OutputLayer.Builder(new LossMCXENT(Nd4j.createFromArray(0.5f, 1.5f, 1f)))
                        .nIn(6)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
    }

    private static MultiLayerConfiguration objectDetection() {
        return network(
                PICTURE,
                convolution(2 * (5 + 3)),
                new Yolo2OutputLayer.Builder()
                        .boundingBoxPriors(Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}}))
                        .build());
    }

    private static MultiLayerConfiguration autoencoder() {
        return builder()
                .list()
                .layer(new VariationalAutoencoder.Builder()
                        .nIn(784)
                        .nOut(5)
                        .encoderLayerSizes(10, 8)
                        .decoderLayerSizes(8, 10)
                        .reconstructionDistribution(new BernoulliReconstructionDistribution(Activation.SIGMOID))
                        .build())
                .build();
    }

    private static Layer convolution(int filters) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(filters)
                .activation(Activation.RELU)
                .build();
    }

    private static Layer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static MultiLayerConfiguration network(InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = builder().list();
        List.of(layers).forEach(list::layer);
        return list.setInputType(input).build();
    }

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder().seed(5);
    }
}
