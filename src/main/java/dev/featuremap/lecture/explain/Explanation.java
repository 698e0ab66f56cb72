package dev.featuremap.lecture.explain;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.featuremap.page.Grid;
import dev.featuremap.train.PreparedPicture;
import java.util.List;
import java.util.Map;

/**
 * One picture explained.
 *
 * @param run the run's name
 * @param source where the picture is from, and what was done to it before the network saw it
 * @param picture each channel as the network saw it, {@code [height, width]}
 * @param black what a level of 0 became
 * @param white what a level of 255 became
 * @param answer the class with the largest output, or the value
 * @param outputs each class's output, or the one value
 * @param layers from the first to the last
 * @param occlusion for each pixel, by how much the score falls when the patch around it is covered
 * @param patch rows and columns of that patch
 * @param maps how much each map of the convolutions matters to the answer
 * @param saliency for each pixel, the slope of the score: how fast it grows as the pixel grows
 */
public record Explanation(
        String run,
        @JsonUnwrapped PreparedPicture.Done source,
        List<Grid> picture,
        double black,
        double white,
        String answer,
        Map<String, Double> outputs,
        List<LayerView> layers,
        Grid occlusion,
        int patch,
        List<MapImportance> maps,
        Grid saliency) {
    public Explanation {
        picture = List.copyOf(picture);
        layers = List.copyOf(layers);
        maps = List.copyOf(maps);
    }
}
