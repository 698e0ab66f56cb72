package dev.featuremap.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights that look at the picture itself, as pictures.
 *
 * @param convolution whether they are filters; else each is one unit's weights for every pixel
 * @param colour whether the three channels are red, green and blue; else the colour is the weight's sign
 * @param largest the largest distance of a weight from zero, which has the full colour
 * @param filters filters or units the layer has, of which the first are shown
 */
public record FirstLayer(
        boolean convolution, boolean colour, double largest, int filters, int height, int width, List<Picture> tiles) {
    private static final int MOST_TILES = 64;

    /** Empty for a network whose first weights do not lie on the picture's pixels. */
    public static Optional<FirstLayer> of(MultiLayerNetwork network, DataShape shape) {
        for (Layer layer : network.getLayers()) {
            if (layer.paramTable().containsKey("W")) {
                INDArray weights = layer.getParam("W").castTo(DataType.DOUBLE);
                boolean filters = layer.conf().getLayer().getClass() == ConvolutionLayer.class;
                if (filters && weights.size(1) == shape.channels()) {
                    return Optional.of(of(weights.dup('c'), true, shape));
                }
                if (weights.rank() == 2 && weights.size(0) == shape.features()) {
                    INDArray perUnit = weights.transpose()
                            .dup('c')
                            .reshape('c', weights.size(1), shape.channels(), shape.height(), shape.width());
                    return Optional.of(of(perUnit, false, shape));
                }
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The colours of the scale from −{@link #largest} to +{@code largest}. */
    @JsonProperty
    Picture scale() {
        return Picture.signed("", Grid.of(1, 65, (row, column) -> column / 32.0 - 1));
    }

    private static FirstLayer of(INDArray weights, boolean convolution, DataShape shape) {
        int filters = (int) weights.size(0);
        int height = (int) weights.size(2);
        int width = (int) weights.size(3);
        boolean colour = shape.channels() == 3;
        boolean isOutput = !convolution && filters == shape.classNames().size();
        int channelsApart = colour ? 1 : shape.channels();
        double[] values = weights.data().asDouble();
        double largest = Math.max(weights.amaxNumber().doubleValue(), Double.MIN_NORMAL);
        List<Picture> tiles = new ArrayList<>();
        int size = height * width;
        for (int tile = 0; tile < Math.min(MOST_TILES, filters * channelsApart); tile++) {
            int filter = tile / channelsApart;
            int first = (filter * shape.channels() + tile % channelsApart) * size;
            String name = isOutput ? shape.classNames().get(filter) : Integer.toString(filter);
            if (colour) {
                // Grey is zero.
                tiles.add(Picture.colour(
                        name,
                        IntStream.range(0, 3)
                                .mapToObj(channel -> grid(values, first + channel * size, height, width)
                                        .map(weight -> (1 + weight / largest) / 2))
                                .toList()));
            } else {
                String channel = channelsApart == 1 ? "" : "/" + tile % channelsApart;
                tiles.add(Picture.signed(name + channel, grid(values, first, height, width), largest));
            }
        }
        return new FirstLayer(convolution, colour, largest, filters, height, width, tiles);
    }

    private static Grid grid(double[] values, int first, int height, int width) {
        return Grid.of(height, width, (row, column) -> values[first + row * width + column]);
    }
}
