package dev.featuremap.examples;

import dev.featuremap.Logging;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.experiment.Augmentation;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.Scaling;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.run.Workspace;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** LeNet on MNIST with DL4J's own builders and {@code fit}: only the data comes from this project. */
public final class TrainLeNet {
    private TrainLeNet() {}

    public static void main(String[] args) {
        Logging.configure();
        Datasets data = mnist();
        // NetworkBuilder.network initialises a DL4J configuration with the oneDNN layers switched on.
        MultiLayerNetwork lenet = NetworkBuilder.network(lenet());
        for (int epoch = 1; epoch <= 2; epoch++) {
            lenet.fit(data.train().shuffled(64, 42, epoch));
            double accuracy = lenet.evaluate(data.test().inOrder(256)).accuracy();
            System.out.printf("epoch %d: test accuracy %.2f %%%n", epoch, 100 * accuracy);
        }
    }

    /** The first 12,800 training digits and all test digits, 0..1. */
    static Datasets mnist() {
        DataSpec mnist = new DataSpec.Mnist(
                LabelMode.CLASS,
                Scaling.UNIT,
                Optional.empty(),
                Optional.of(12_800),
                Optional.empty(),
                0,
                Augmentation.NONE);
        return Datasets.open(mnist, 42, DataFolder.in(Workspace.current().data()));
    }

    static MultiLayerConfiguration lenet() {
        return new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Adam(0.001))
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .nOut(20)
                        .activation(Activation.RELU)
                        .build())
                .layer(new SubsamplingLayer.Builder()
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .nOut(50)
                        .activation(Activation.RELU)
                        .build())
                .layer(new SubsamplingLayer.Builder()
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nOut(500)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();
    }
}
