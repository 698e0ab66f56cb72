package dev.featuremap.lecture;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Activation;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.InvalidKey;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.LayerSpec.Mode;
import dev.featuremap.experiment.LayerSpec.Pooling;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.network.ShapeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Layers as one writes them on a board: {@code 1x28x28 -> conv 64 3 -> max 2 -> dense 256 -> dropout 0.5 -> dense 10}.
 *
 * <p>{@code conv FILTERS KERNEL}, {@code max SIZE} or {@code avg SIZE}, each with {@code stride N}, {@code pad N} or
 * {@code same}; {@code dense UNITS}; {@code dropout RATE}. A size is one number or {@code HEIGHTxWIDTH}, with x, X or ×.
 */
final class LayerChain {
    private static final Pattern INPUT = Pattern.compile("(\\d+)x(\\d+)x(\\d+)");
    private static final String SIZE = "\\d+(?:x\\d+)?";
    private static final Pattern LAYER = Pattern.compile("(?:conv (?<filters>\\d+) (?<kernel>" + SIZE
            + ")|(?<pooling>max|avg) (?<size>" + SIZE + "))(?<more>(?: .*)?)");
    private static final Pattern MORE = Pattern.compile(" (?:(stride|pad) (" + SIZE + ")|(same))(?= |$)");
    private static final Pattern DENSE = Pattern.compile("dense (\\d+)");
    private static final Pattern DROPOUT = Pattern.compile("dropout (\\d*\\.?\\d+)");
    private static final int LARGEST_SIDE = 100_000;
    /** More layers no board holds, and a page that computes them anew at each key would be slow. */
    private static final int MOST_LAYERS = 100;

    private final DataShape input;
    private final List<LayerSpec> layers;

    private LayerChain(DataShape input, List<LayerSpec> layers) {
        this.input = input;
        this.layers = layers;
    }

    /** Reads a chain, or names the part that is none and what could stand there. */
    static LayerChain parse(String text) {
        String[] parts = text.replace("→", "->").split("->", -1);
        if (parts.length < 2) {
            throw refused(text, "an input and at least one layer with -> between them");
        }
        if (parts.length - 1 > MOST_LAYERS) {
            throw refused(parts.length - 1 + " layers", "at most " + MOST_LAYERS);
        }
        List<LayerSpec> layers = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            layers.add(layer(plain(parts[i])));
        }
        return new LayerChain(input(plain(parts[0])), layers);
    }

    /** Each layer's output, without the output layer that every experiment must end with. */
    ShapeTable table() {
        List<LayerSpec> whole = new ArrayList<>(layers);
        whole.add(new LayerSpec.Output(input.outputs(), Activation.SOFTMAX));
        ShapeTable table = ShapeTable.of(new NetworkSpec.Layers(whole), Loss.MCXENT, input);
        return new ShapeTable(table.input(), table.rows().subList(0, layers.size()));
    }

    private static DataShape input(String text) {
        Matcher matcher = INPUT.matcher(text);
        if (!matcher.matches()) {
            throw refused(text, "the input as CHANNELSxHEIGHTxWIDTH, such as 1x28x28");
        }
        double numbers = IntStream.rangeClosed(1, 3)
                .mapToDouble(group -> Double.parseDouble(matcher.group(group)))
                .reduce(1, (one, other) -> one * other);
        if (numbers == 0 || numbers > Integer.MAX_VALUE) {
            throw refused(text, "an input of 1 to " + Integer.MAX_VALUE + " numbers");
        }
        int[] sizes = IntStream.rangeClosed(1, 3)
                .map(group -> Integer.parseInt(matcher.group(group)))
                .toArray();
        return new DataShape(sizes[0], sizes[1], sizes[2], List.of("first", "second"));
    }

    private static LayerSpec layer(String text) {
        try {
            return known(text);
        } catch (InvalidKey e) {
            throw refused(text, e.key() + ": " + e.allowed());
        }
    }

    private static LayerSpec known(String text) {
        Matcher dense = DENSE.matcher(text);
        if (dense.matches()) {
            return new LayerSpec.Dense(whole(dense.group(1)), Activation.IDENTITY);
        }
        Matcher dropout = DROPOUT.matcher(text);
        if (dropout.matches()) {
            return new LayerSpec.Dropout(Double.parseDouble(dropout.group(1)));
        }
        Matcher window = LAYER.matcher(text);
        if (!window.matches()) {
            throw refused(
                    text, "conv FILTERS KERNEL, max SIZE, avg SIZE, dense UNITS or dropout RATE, from 0 to below 1");
        }
        boolean pools = window.group("pooling") != null;
        Extent size = extent(text, window.group(pools ? "size" : "kernel"));
        Extent stride = pools ? size : Extent.square(1);
        Extent padding = Extent.square(0);
        Mode mode = Mode.TRUNCATE;
        String more = window.group("more");
        Matcher option = MORE.matcher(more);
        int end = 0;
        for (; option.find() && option.start() == end; end = option.end()) {
            if (option.group(3) != null) {
                mode = Mode.SAME;
            } else if (option.group(1).equals("pad")) {
                padding = extent(text, option.group(2));
            } else {
                stride = extent(text, option.group(2));
            }
        }
        if (end != more.length()) {
            throw refused(more.substring(end).strip(), "stride N, pad N or same");
        }
        return pools
                ? new LayerSpec.Subsampling(
                        window.group("pooling").equals("max") ? Pooling.MAX : Pooling.AVG, size, stride, padding, mode)
                : new LayerSpec.Convolution(
                        whole(window.group("filters")),
                        size,
                        stride,
                        padding,
                        Extent.square(1),
                        mode,
                        Activation.IDENTITY);
    }

    private static Extent extent(String text, String size) {
        String[] sides = size.split("x", -1);
        int height = whole(sides[0]);
        int width = whole(sides[sides.length - 1]);
        if (Math.max(height, width) > LARGEST_SIDE) {
            throw refused(text, "sizes up to " + LARGEST_SIDE);
        }
        return new Extent(height, width);
    }

    /** Digits as a number; more of them than an int holds are its largest, which is too large for whatever they stand for. */
    private static int whole(String digits) {
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    /** One part as it is read: with single spaces, in small letters, and sizes with an x between their numbers. */
    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replaceAll("(?<=\\d) ?[x×] ?(?=\\d)", "x");
    }

    private static Failure refused(String found, String expected) {
        return Failure.usage(
                "--layers: found " + (found.isEmpty() ? "nothing" : "\"" + found + "\"") + ", expected " + expected,
                "write a chain such as \"1x28x28 -> conv 64 3 -> max 2 -> dense 10\"");
    }
}
