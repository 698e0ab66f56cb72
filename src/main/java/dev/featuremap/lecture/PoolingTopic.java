package dev.featuremap.lecture;

import dev.featuremap.data.XoDrawing;
import dev.featuremap.page.Grid;
import java.util.Arrays;
import java.util.List;
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
        Homework homework = Homework.of(XoDrawing.Letter.X, Homework.USUAL_SIZE, new Place(1, 1));
        Grid map = homework.maps().get(0).ninths();
        Grid max = pooled(map, window -> Arrays.stream(window).max().orElseThrow());
        Grid avg = pooled(map, window -> Arrays.stream(window).sum() / window.length);
        double difference = Math.max(
                largestDifference(max, byDl4j(homework.picture(), "max")),
                largestDifference(avg, byDl4j(homework.picture(), "avg")));
        return new PoolingTopic(map, max, avg, difference);
    }

    private static Grid pooled(Grid map, Kept kept) {
        return Grid.of(
                map.rows() / WINDOW,
                map.columns() / WINDOW,
                (row, column) -> kept.of(map.window(WINDOW * row, WINDOW * column, WINDOW, WINDOW)
                        .toArray()));
    }

    private static Grid byDl4j(Grid picture, String pooling) {
        MultiLayerNetwork network = Dl4jFeatureMaps.network(
                picture.rows(), "{type: subsampling, pooling: " + pooling + ", size: " + WINDOW + "}");
        return NdGrids.map(
                        network.feedForward(NdGrids.features(List.of(picture)), false)
                                .get(2),
                        0,
                        0)
                .map(mean -> 9 * mean);
    }

    private static double largestDifference(Grid one, Grid other) {
        return Grid.of(one.rows(), one.columns(), (row, column) -> one.at(row, column) - other.at(row, column))
                .largestMagnitude();
    }

    /** What is kept of a window's numbers. */
    @FunctionalInterface
    private interface Kept {
        double of(double[] window);
    }
}
