package dev.featuremap.network;

import static dev.featuremap.network.Sample.experiment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.experiment.WeightInit;
import java.util.ArrayList;
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
            NetworkSpec.Layers network = network(random);
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

    private static NetworkSpec.Layers network(Random random) {
        List<LayerSpec> layers = new ArrayList<>();
        for (int maps = random.nextInt(4); maps > 0; maps--) {
            layers.add(
                    switch (random.nextInt(3)) {
                        case 0 -> convolution(random);
                        case 1 -> subsampling(random);
                        default -> other(random);
                    });
        }
        for (int units = random.nextInt(3); units > 0; units--) {
            layers.add(
                    random.nextBoolean()
                            ? new LayerSpec.Dense(1 + random.nextInt(20), Activation.TANH)
                            : other(random));
        }
        layers.add(Sample.output(3));
        return new NetworkSpec.Layers(layers, WeightInit.XAVIER, 0, 0, 0);
    }

    private static LayerSpec convolution(Random random) {
        LayerSpec.Mode mode = mode(random);
        return new LayerSpec.Convolution(
                1 + random.nextInt(4),
                extent(random, 1, 4),
                extent(random, 1, 3),
                mode == LayerSpec.Mode.SAME ? Extent.square(0) : extent(random, 0, 2),
                extent(random, 1, 2),
                mode,
                Activation.TANH);
    }

    private static LayerSpec subsampling(Random random) {
        LayerSpec.Mode mode = mode(random);
        return new LayerSpec.Subsampling(
                random.nextBoolean() ? LayerSpec.Pooling.MAX : LayerSpec.Pooling.AVG,
                extent(random, 1, 4),
                extent(random, 1, 3),
                mode == LayerSpec.Mode.SAME ? Extent.square(0) : extent(random, 0, 1),
                mode);
    }

    private static LayerSpec other(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new LayerSpec.Dropout(0.5);
            case 1 -> new LayerSpec.BatchNormalization(0.9, 1e-5);
            default -> new LayerSpec.ActivationLayer(Activation.TANH);
        };
    }

    private static LayerSpec.Mode mode(Random random) {
        List<LayerSpec.Mode> modes = List.of(LayerSpec.Mode.TRUNCATE, LayerSpec.Mode.STRICT, LayerSpec.Mode.SAME);
        return modes.get(random.nextInt(modes.size()));
    }

    private static Extent extent(Random random, int least, int most) {
        return new Extent(least + random.nextInt(most - least + 1), least + random.nextInt(most - least + 1));
    }

    private static Shape shape(InputType type) {
        if (type instanceof InputType.InputTypeConvolutional maps) {
            return new Shape.Maps(maps.getChannels(), maps.getHeight(), maps.getWidth());
        }
        return new Shape.Units(type.arrayElementsPerExample());
    }
}
