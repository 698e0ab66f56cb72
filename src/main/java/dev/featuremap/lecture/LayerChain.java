package dev.featuremap.lecture;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.ShapeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Layers as one writes them on a board: {@code 1x28x28 -> conv 64 3 -> max 2 -> dense 256 -> dropout 0.5 -> dense 10}.
 *
 * <p>{@code conv FILTERS KERNEL}, {@code max SIZE} or {@code avg SIZE}, each with {@code stride N}, {@code pad N} or
 * {@code same}; {@code dense UNITS}; {@code dropout RATE}. A size is one number or {@code HEIGHTxWIDTH}.
 */
final class LayerChain {
    private static final Pattern INPUT = Pattern.compile("(\\d{1,5})x(\\d{1,5})x(\\d{1,5})");
    private static final Pattern LAYER =
            Pattern.compile("(?:conv (?<filters>\\d{1,6}) (?<kernel>SIZE)|(?<pooling>max|avg) (?<size>SIZE))(?<more>.*)"
                    .replace("SIZE", "\\d{1,5}(?:x\\d{1,5})?"));
    private static final Pattern MORE = Pattern.compile(" (?:(stride|pad) (\\d{1,5}(?:x\\d{1,5})?)|(same))");
    private static final Pattern DENSE = Pattern.compile("dense (\\d{1,7})");
    private static final Pattern DROPOUT = Pattern.compile("dropout (0(?:\\.\\d{1,9})?)");

    private final DataShape input;
    private final List<String> layers;

    private LayerChain(DataShape input, List<String> layers) {
        this.input = input;
        this.layers = layers;
    }

    /** Reads a chain, or names the part that is none and what could stand there. */
    static LayerChain parse(String text) {
        String[] parts = text.replace("→", "->").split("->", -1);
        if (parts.length < 2) {
            throw refused(text, "an input and at least one layer with -> between them");
        }
        List<String> layers = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            layers.add(layer(spaced(parts[i])));
        }
        return new LayerChain(input(spaced(parts[0])), layers);
    }

    /** Each layer's output, without the output layer that every experiment must end with. */
    ShapeTable table() {
        String yaml = "name: chain\ndata: {source: xo}\nnetwork:\n  layers:\n    - " + String.join("\n    - ", layers)
                + "\n    - {type: output, units: 2}\ntraining: {epochs: 1}\n";
        Experiment experiment = ExperimentFile.parse(yaml, "--layers", List.of());
        ShapeTable table = ShapeTable.of(experiment, input);
        return new ShapeTable(table.input(), table.rows().subList(0, layers.size()));
    }

    private static DataShape input(String text) {
        Matcher matcher = INPUT.matcher(text);
        if (!matcher.matches()) {
            throw refused(text, "the input as CHANNELSxHEIGHTxWIDTH, such as 1x28x28");
        }
        int[] sizes = IntStream.rangeClosed(1, 3)
                .map(group -> Integer.parseInt(matcher.group(group)))
                .toArray();
        if (IntStream.of(sizes).anyMatch(size -> size == 0)) {
            throw refused(text, "an input of at least 1x1x1");
        }
        return new DataShape(sizes[0], sizes[1], sizes[2], List.of("first", "second"));
    }

    /** The layer as it would stand in an experiment file. */
    private static String layer(String text) {
        Matcher dense = DENSE.matcher(text);
        if (dense.matches()) {
            return "{type: dense, units: " + dense.group(1) + "}";
        }
        Matcher dropout = DROPOUT.matcher(text);
        if (dropout.matches()) {
            return "{type: dropout, rate: " + dropout.group(1) + "}";
        }
        Matcher window = LAYER.matcher(text);
        if (!window.matches()) {
            throw refused(text, "conv FILTERS KERNEL, max SIZE, avg SIZE, dense UNITS or dropout RATE");
        }
        String options = options(window.group("more"));
        return window.group("pooling") == null
                ? "{type: convolution, filters: " + window.group("filters") + ", kernel: "
                        + extent(window.group("kernel")) + options + "}"
                : "{type: subsampling, pooling: " + window.group("pooling") + ", size: " + extent(window.group("size"))
                        + options + "}";
    }

    private static String options(String text) {
        StringBuilder options = new StringBuilder();
        Matcher option = MORE.matcher(text);
        int end = 0;
        while (option.find() && option.start() == end) {
            end = option.end();
            options.append(
                    option.group(3) != null
                            ? ", mode: same"
                            : (option.group(1).equals("pad") ? ", padding: " : ", stride: ") + extent(option.group(2)));
        }
        if (end != text.length()) {
            throw refused(text.substring(end).strip(), "stride N, pad N or same");
        }
        return options.toString();
    }

    private static String extent(String size) {
        return size.contains("x") ? "[" + size.replace("x", ", ") + "]" : size;
    }

    private static String spaced(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static Failure refused(String found, String expected) {
        return Failure.usage(
                "--layers: found \"" + found + "\", expected " + expected,
                "write a chain such as \"1x28x28 -> conv 64 3 -> max 2 -> dense 10\"");
    }
}
