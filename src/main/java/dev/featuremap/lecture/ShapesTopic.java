package dev.featuremap.lecture;

import dev.featuremap.data.Datasets;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.network.ShapeTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic of sizes: small chains of layers, and the network of the slides. Source: slides L7, L8.
 *
 * @param chains each with its table
 */
public record ShapesTopic(List<Chain> chains) {
    /** The sizes of slide L7: 9x9 to 7x7, 9x9 padded to 11x11 and back to 9x9, and pooling that halves. */
    private static final List<String> SLIDE_L7 =
            List.of("1x9x9 -> conv 3 3", "1x9x9 -> conv 3 3 pad 1", "3x8x8 -> max 2", "3x7x7 -> max 2");

    /**
     * One chain of layers.
     *
     * @param layers as it was written, or the experiment's name
     */
    public record Chain(String layers, ShapeTable table) {
        boolean isNamed() {
            return !layers.contains("->") && !layers.contains("→");
        }
    }

    public ShapesTopic {
        chains = List.copyOf(chains);
    }

    /** One chain as text, such as {@code 1x28x28 -> conv 64 3 -> max 2 -> dense 10}; see {@link LayerChain}. */
    public static ShapesTopic of(String layers) {
        return new ShapesTopic(List.of(chain(layers)));
    }

    /** The slides' small chains, and their network as the experiment that carries it. */
    public static ShapesTopic ofSlides(Experiment lectureNetwork) {
        List<Chain> chains =
                new ArrayList<>(SLIDE_L7.stream().map(ShapesTopic::chain).toList());
        chains.add(new Chain(
                lectureNetwork.name(), ShapeTable.of(lectureNetwork, Datasets.shapeOf(lectureNetwork.data()))));
        return new ShapesTopic(chains);
    }

    private static Chain chain(String layers) {
        return new Chain(layers, LayerChain.parse(layers).table());
    }
}
