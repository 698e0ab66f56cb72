package dev.featuremap.network;

import static dev.featuremap.network.Sample.convolution;
import static dev.featuremap.network.Sample.data;
import static dev.featuremap.network.Sample.experiment;
import static dev.featuremap.network.Sample.layers;
import static dev.featuremap.network.Sample.output;
import static dev.featuremap.network.Sample.subsampling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.NetworkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A small trained network and its zip, to be read soundly or broken. */
final class TrainedModel {
    static final DataShape TINY = data(1, 10, 10, 3);
    static final NetworkSpec NETWORK = layers(
            convolution(4, 3),
            new LayerSpec.BatchNormalization(0.9, 1e-5),
            subsampling(2),
            new LayerSpec.Dropout(0.5),
            new LayerSpec.Dense(8, Activation.RELU),
            output(3));

    private TrainedModel() {}

    /** Three steps and an epoch old. */
    static MultiLayerNetwork network() {
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(experiment(NETWORK), TINY));
        for (int step = 0; step < 3; step++) {
            network.fit(batch());
        }
        network.incrementEpochCount();
        return network;
    }

    static byte[] zip(MultiLayerNetwork network, Path folder) throws IOException {
        Path file = folder.resolve("trained.zip");
        ModelArchive.write(network, file);
        return Files.readAllBytes(file);
    }

    static void assertSame(MultiLayerNetwork read, MultiLayerNetwork trained) {
        assertThat(ModelArchive.parametersSha256(read)).isEqualTo(ModelArchive.parametersSha256(trained));
        assertThat(read.getUpdater().getStateViewArray())
                .isEqualTo(trained.getUpdater().getStateViewArray());
        assertThat(read.getLayerWiseConfigurations().toJson())
                .isEqualTo(trained.getLayerWiseConfigurations().toJson());
        INDArray features = batch().getFeatures();
        assertThat(read.output(features)).isEqualTo(trained.output(features));
    }

    static DataSet batch() {
        Nd4j.getRandom().setSeed(3);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 6, 3);
        for (int i = 0; i < 6; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        return new DataSet(Nd4j.rand(DataType.FLOAT, 6, 1, 10, 10), labels);
    }
}
