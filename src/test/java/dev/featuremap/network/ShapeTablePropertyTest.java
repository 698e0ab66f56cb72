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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Our arithmetic is DL4J's, for whatever network is described. */
class ShapeTablePropertyTest {
    @Property(tries = 150)
    void agreesWithDl4jOrRefuses(@ForAll("networks") NetworkSpec.Layers network, @ForAll("pictures") DataShape data) {
        ShapeTable table;
        try {
            table = ShapeTable.of(experiment(network), data);
        } catch (Failure refused) {
            Statistics.collect("refused");
            assertThat(refused.kind()).isEqualTo(Failure.Kind.USAGE);
            assertThat(refused).hasMessageStartingWith("network.layers[");
            return;
        }
        Statistics.collect("built");
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

    @Provide
    Arbitrary<DataShape> pictures() {
        Arbitrary<Integer> side = Arbitraries.integers().between(1, 24);
        return Combinators.combine(Arbitraries.of(1, 3), side, side).as((c, h, w) -> Sample.data(c, h, w, 3));
    }

    @Provide
    Arbitrary<NetworkSpec.Layers> networks() {
        Arbitrary<List<LayerSpec>> before = Arbitraries.oneOf(convolutions(), subsamplings(), others())
                .list()
                .ofMaxSize(3);
        Arbitrary<List<LayerSpec>> after =
                Arbitraries.oneOf(denses(), others()).list().ofMaxSize(2);
        return Combinators.combine(before, after).as((maps, units) -> {
            List<LayerSpec> all = new ArrayList<>(maps);
            all.addAll(units);
            all.add(Sample.output(3));
            return new NetworkSpec.Layers(all, WeightInit.XAVIER, 0, 0, 0);
        });
    }

    private static Arbitrary<LayerSpec> convolutions() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        extents(1, 4),
                        extents(1, 3),
                        extents(0, 2),
                        extents(1, 2),
                        Arbitraries.of(LayerSpec.Mode.class))
                .as((filters, kernel, stride, padding, dilation, mode) -> new LayerSpec.Convolution(
                        filters,
                        kernel,
                        stride,
                        mode == LayerSpec.Mode.SAME ? Extent.square(0) : padding,
                        dilation,
                        mode,
                        Activation.TANH));
    }

    private static Arbitrary<LayerSpec> subsamplings() {
        return Combinators.combine(
                        Arbitraries.of(LayerSpec.Pooling.class),
                        extents(1, 4),
                        extents(1, 3),
                        extents(0, 1),
                        Arbitraries.of(LayerSpec.Mode.class))
                .as((pooling, size, stride, padding, mode) -> new LayerSpec.Subsampling(
                        pooling, size, stride, mode == LayerSpec.Mode.SAME ? Extent.square(0) : padding, mode));
    }

    private static Arbitrary<LayerSpec> denses() {
        return Arbitraries.integers().between(1, 20).map(units -> new LayerSpec.Dense(units, Activation.TANH));
    }

    private static Arbitrary<LayerSpec> others() {
        return Arbitraries.of(
                new LayerSpec.Dropout(0.5),
                new LayerSpec.BatchNormalization(0.9, 1e-5),
                new LayerSpec.ActivationLayer(Activation.TANH));
    }

    private static Arbitrary<Extent> extents(int least, int most) {
        Arbitrary<Integer> side = Arbitraries.integers().between(least, most);
        return Combinators.combine(side, side).as(Extent::new);
    }

    private static Shape shape(InputType type) {
        if (type instanceof InputType.InputTypeConvolutional maps) {
            return new Shape.Maps(maps.getChannels(), maps.getHeight(), maps.getWidth());
        }
        return new Shape.Units(type.arrayElementsPerExample());
    }
}
