package dev.featuremap.network;

import static dev.featuremap.network.Sample.experiment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.NetworkSpec;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Our arithmetic is DL4J's, for whatever network is described. */
class ShapeTablePropertyTest {
    private static final int NETWORKS = 400;

    @Test
    void agreesWithDl4jOrRefuses() {
        Random random = new Random(3);
        int built = 0;
        for (int i = 0; i < NETWORKS; i++) {
            NetworkSpec.Layers network = RandomLayers.next(random);
            DataShape data =
                    Sample.data(random.nextBoolean() ? 1 : 3, 1 + random.nextInt(24), 1 + random.nextInt(24), 3);
            try {
                assertAgreement(network, data, ShapeTable.of(experiment(network), data));
                built++;
            } catch (Failure refused) {
                assertThat(refused.kind()).isEqualTo(Failure.Kind.USAGE);
                assertThat(refused).hasMessageStartingWith("network.layers[");
            }
        }
        assertThat(built).as("networks that can be").isBetween(NETWORKS / 4, NETWORKS - 10);
    }

    private static void assertAgreement(NetworkSpec.Layers network, DataShape data, ShapeTable table) {
        MultiLayerConfiguration built = NetworkBuilder.configuration(experiment(network), data);
        MultiLayerNetwork dl4j = NetworkBuilder.network(built);
        InputType type = InputType.convolutional(data.height(), data.width(), data.channels());
        List<INDArray> activations =
                dl4j.feedForward(Nd4j.rand(DataType.FLOAT, 2, data.channels(), data.height(), data.width()));
        for (ShapeTable.Row row : table.rows()) {
            int i = row.index();
            InputType in = built.getInputPreProcess(i) == null
                    ? type
                    : built.getInputPreProcess(i).getOutputType(type);
            type = built.getConf(i).getLayer().getOutputType(i, in);
            assertThat(row.output()).isEqualTo(shape(type));
            assertThat(activations.get(i + 1).length())
                    .isEqualTo(2 * row.output().size());
            assertThat(row.parameters()).isEqualTo(dl4j.getLayer(i).numParams());
            if (row.parameters() > 0) {
                assertThat(row.parameterArithmetic()).endsWith(" = " + row.parameters());
            }
        }
        assertThat(table.parameters()).isEqualTo(dl4j.params().length());
        assertThat(ShapeTable.of(built, data).rows())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("type")
                .isEqualTo(table.rows());
    }

    private static Shape shape(InputType type) {
        if (type instanceof InputType.InputTypeConvolutional maps) {
            return new Shape.Maps(maps.getChannels(), maps.getHeight(), maps.getWidth());
        }
        return new Shape.Units(type.arrayElementsPerExample());
    }
}
