package dev.featuremap.lecture.explain;

import dev.featuremap.page.Grid;
import java.util.List;

/**
 * What one layer makes of the picture.
 *
 * @param index from 0
 * @param type as in an experiment file, or DL4J's class for a saved network
 * @param shape of what comes out, such as 20x24x24 or 500
 * @param filters one for each feature map of a convolution, the mean over its input channels; empty otherwise
 * @param before what comes out before the activation function; empty when the layer has none that changes anything
 * @param after what comes out: feature maps, or one grid {@code [1, units]}
 */
public record LayerView(int index, String type, String shape, List<Grid> filters, List<Grid> before, List<Grid> after) {
    public LayerView {
        filters = List.copyOf(filters);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** Whether feature maps come out, and not single units. */
    public boolean hasMaps() {
        return shape.contains("x");
    }
}
