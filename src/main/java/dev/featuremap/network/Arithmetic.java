package dev.featuremap.network;

/** The words for how shapes and parameter counts come about. */
final class Arithmetic {
    private Arithmetic() {}

    /** One expression when height and width share it. */
    static String sides(String height, String width) {
        return height.equals(width) ? height : height + ", " + width;
    }

    /** How a picture becomes the inputs of a fully connected layer: {@code 50·4·4 = 800}. */
    static String flattened(Shape in) {
        return in instanceof Shape.Maps maps
                ? maps.channels() + "·" + maps.height() + "·" + maps.width() + " = " + maps.size()
                : "";
    }

    /** {@code 20·(1·5·5) + 20 = 520}. */
    static String filters(long filters, long channels, long height, long width, boolean bias) {
        long weights = filters * channels * height * width;
        return filters + "·(" + channels + "·" + height + "·" + width + ")" + bias(weights, filters, bias);
    }

    /** A filter for each map, then one over all maps for each output: {@code 8·(1·3·3) + 16·8 + 16 = 216}. */
    static String separable(long maps, int[] kernel, long filters, boolean bias) {
        long weights = maps * kernel[0] * kernel[1] + filters * maps;
        return maps + "·(1·" + kernel[0] + "·" + kernel[1] + ") + " + filters + "·" + maps
                + bias(weights, filters, bias);
    }

    /** {@code 800·500 + 500 = 400500}. */
    static String connected(long inputs, long units, boolean bias) {
        return inputs + "·" + units + bias(inputs * units, units, bias);
    }

    /** Scale, shift, running mean and running variance of each channel: {@code 4·20 = 80}. */
    static String normalization(long channels) {
        return "4·" + channels + " = " + 4 * channels;
    }

    private static String bias(long weights, long biases, boolean bias) {
        return bias ? " + " + biases + " = " + (weights + biases) : " = " + weights;
    }
}
