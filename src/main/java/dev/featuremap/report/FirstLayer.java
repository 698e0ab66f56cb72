package dev.featuremap.report;

import dev.featuremap.experiment.DataShape;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
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
record FirstLayer(
        boolean convolution, boolean colour, double largest, int filters, int height, int width, List<Tile> tiles) {
    private static final int MOST_TILES = 64;

    /** One picture, as a data URI. */
    record Tile(String name, String png) {}

    /** Empty for a network whose first weights do not lie on the picture's pixels. */
    static Optional<FirstLayer> of(MultiLayerNetwork network, DataShape shape) {
        for (Layer layer : network.getLayers()) {
            if (layer.paramTable().containsKey("W")) {
                INDArray weights = layer.getParam("W").castTo(DataType.DOUBLE);
                if (weights.rank() == 4 && weights.size(1) == shape.channels()) {
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

    private static FirstLayer of(INDArray weights, boolean convolution, DataShape shape) {
        int filters = (int) weights.size(0);
        int height = (int) weights.size(2);
        int width = (int) weights.size(3);
        boolean colour = shape.channels() == 3;
        boolean isOutput = !convolution && filters == shape.classNames().size();
        int channelsApart = colour ? 1 : shape.channels();
        double[] values = weights.data().asDouble();
        double largest = Math.max(weights.amaxNumber().doubleValue(), Double.MIN_NORMAL);
        List<Tile> tiles = new ArrayList<>();
        for (int tile = 0; tile < Math.min(MOST_TILES, filters * channelsApart); tile++) {
            int filter = tile / channelsApart;
            int channel = tile % channelsApart;
            String name = isOutput ? shape.classNames().get(filter) : Integer.toString(filter + 1);
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            int size = height * width;
            int first = (filter * shape.channels() + channel) * size;
            for (int i = 0; i < size; i++) {
                int rgb = colour
                        ? WeightColour.mixed(
                                values[first + i] / largest,
                                values[first + size + i] / largest,
                                values[first + 2 * size + i] / largest)
                        : WeightColour.signed(values[first + i] / largest);
                image.setRGB(i % width, i / width, rgb);
            }
            tiles.add(new Tile(channelsApart == 1 ? name : name + "/" + (channel + 1), Png.dataUri(image)));
        }
        return new FirstLayer(convolution, colour, largest, filters, height, width, tiles);
    }
}
