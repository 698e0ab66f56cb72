package dev.featuremap.engine;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks and batches that several tests and the timing share. */
final class TestNetworks {
    private static final String DISABLE_HELPERS = "org.eclipse.deeplearning4j.helpers.disable";

    private TestNetworks() {}

    /** 20 and 50 filters of 5 by 5, 500 units, Adam; features {@code [n, 1, 28, 28]}. */
    static MultiLayerConfiguration lenet() {
        return new NeuralNetConfiguration.Builder()
                .seed(42)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(1e-3))
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .nOut(20)
                        .activation(Activation.RELU)
                        .build())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new ConvolutionLayer.Builder(5, 5)
                        .nOut(50)
                        .activation(Activation.RELU)
                        .build())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
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

    /**
     * A network of DL4J's own layers, whatever an earlier test has switched on: the executor is held to them, not to DL4J's oneDNN
     * helpers, whose results differ from theirs.
     */
    static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
        String before = System.getProperty(DISABLE_HELPERS);
        System.setProperty(DISABLE_HELPERS, "true");
        try {
            MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
            network.init();
            FaultyLayers.mend(network);
            ParameterOrder.mend(network);
            return network;
        } finally {
            if (before == null) {
                System.clearProperty(DISABLE_HELPERS);
            } else {
                System.setProperty(DISABLE_HELPERS, before);
            }
        }
    }

    /** Random pictures and classes. */
    static DataSet batch(int examples, int channels, int size, int classes, long seed) {
        Nd4j.getRandom().setSeed(seed + 1); // ND4J takes 0 for "any seed"
        INDArray features = Nd4j.rand(DataType.FLOAT, examples, channels, size, size);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, classes);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, (i * 7L + seed) % classes, 1);
        }
        return new DataSet(features, labels);
    }
}
