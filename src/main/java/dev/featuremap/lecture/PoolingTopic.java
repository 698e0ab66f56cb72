package dev.featuremap.lecture;

import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.LayerSpec.Pooling;
import dev.featuremap.page.Grid;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Pooling of a small map, 2x2 windows side by side: the largest of the four, or their mean. Source: slide L9.
 *
 * @param map the homework's map of {@code \}, {@code [7, 7]}, in ninths
 * @param max {@code [3, 3]}, in ninths; the seventh row and column have no whole window
 * @param avg {@code [3, 3]}, in ninths
 * @param largestDifference from what DL4J's SubsamplingLayer gives, in ninths
 */
public record PoolingTopic(Grid map, Grid max, Grid avg, double largestDifference) {
    static final int WINDOW = 2;

    /** The clean X's map. */
    public static PoolingTopic compute() {
        Homework homework = Homework.usual();
        Grid map = homework.maps().get(0).ninths();
        Grid max = pooled(map, Grid::max);
        Grid avg = pooled(map, Grid::mean);
        double difference = Math.max(
                max.largestDifference(byDl4j(homework.picture(), Pooling.MAX)),
                avg.largestDifference(byDl4j(homework.picture(), Pooling.AVG)));
        return new PoolingTopic(map, max, avg, difference);
    }

    private static Grid pooled(Grid map, ToDoubleFunction<Grid> kept) {
        return Grid.of(
                map.rows() / WINDOW,
                map.columns() / WINDOW,
                (row, column) -> kept.applyAsDouble(map.window(WINDOW * row, WINDOW * column, WINDOW, WINDOW)));
    }

    private static Grid byDl4j(Grid picture, Pooling pooling) {
        MultiLayerNetwork network = Dl4jFeatureMaps.network(picture.rows(), new LayerSpec.Subsampling(pooling, WINDOW));
        return NdGrids.map(
                        network.feedForward(NdGrids.features(List.of(picture)), false)
                                .get(2),
                        0,
                        0)
                .map(mean -> 9 * mean);
    }
}
