package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/**
 * Each layer's output shape and parameter count with their arithmetic, known before anything is trained.
 *
 * @param input what the network is given
 */
public record ShapeTable(Shape input, List<Row> rows) {
    /**
     * One layer.
     *
     * @param index from 0
     * @param type the layer's type as in an experiment file, or DL4J's class for a saved network
     * @param arithmetic how the shape comes about, such as {@code 28 - 5 + 1 = 24}; may be empty
     * @param parameterArithmetic such as {@code 20·(1·5·5) + 20 = 520}; empty without parameters
     */
    public record Row(
            int index, String type, String arithmetic, Shape output, long parameters, String parameterArithmetic) {}

    public ShapeTable {
        rows = List.copyOf(rows);
    }

    /** Parameters of the whole network. */
    public long parameters() {
        return rows.stream().mapToLong(Row::parameters).sum();
    }

    /** What a layer is given. */
    Shape input(int index) {
        return index == 0 ? input : rows.get(index - 1).output();
    }

    /** What the last layer gives. */
    public Shape output() {
        return rows.get(rows.size() - 1).output();
    }

    /**
     * The table of an experiment's network for pictures of the given shape.
     *
     * @throws Failure of kind usage (a described network) or model (a saved one), when a shape cannot be
     */
    public static ShapeTable of(Experiment experiment, DataShape data) {
        if (experiment.network() instanceof NetworkSpec.Layers layers) {
            return of(layers, experiment.loss().orElseThrow(), data);
        }
        return of(NetworkBuilder.configuration(experiment, data), data);
    }

    /**
     * The table of a described network for pictures of the given shape.
     *
     * @throws Failure of kind usage when a shape cannot be
     */
    public static ShapeTable of(NetworkSpec.Layers network, Loss loss, DataShape data) {
        return DescribedShapes.table(network, loss, data);
    }

    /**
     * The table of a network of DL4J's.
     *
     * @throws Failure of kind model, with both shapes, when the network does not fit the data
     */
    public static ShapeTable of(MultiLayerConfiguration network, DataShape data) {
        return SavedShapes.table(network, data);
    }
}
