package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Extent;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/** The shapes of a described network, by our own arithmetic: a shape that cannot be is refused before DL4J sees it. */
final class DescribedShapes {
    /** ND4J's arrays of parameters and of one example's activations are indexed by int. */
    private static final long MOST = Integer.MAX_VALUE;

    private final int index;
    private final Shape in;

    private DescribedShapes(int index, Shape in) {
        this.index = index;
        this.in = in;
    }

    static ShapeTable table(NetworkSpec.Layers network, DataShape data) {
        Shape input = new Shape.Maps(data.channels(), data.height(), data.width());
        List<ShapeTable.Row> rows = new ArrayList<>();
        Shape shape = input;
        long parameters = 0;
        for (LayerSpec layer : network.layers()) {
            ShapeTable.Row row = new DescribedShapes(rows.size(), shape).row(layer);
            parameters += row.parameters();
            if (parameters > MOST) {
                throw Failure.usage(
                        "network: more than " + MOST + " parameters up to " + where(row.index(), row.type()) + " ("
                                + shape + " to " + row.output() + ")",
                        "Make this layer smaller, or let subsampling or a stride make the picture smaller before it.");
            }
            rows.add(row);
            shape = row.output();
        }
        checkOutputs(network, data, rows.size() - 1);
        return new ShapeTable(input, rows);
    }

    private static void checkOutputs(NetworkSpec.Layers network, DataShape data, int index) {
        int units = network.output().units();
        if (units != data.outputs()) {
            String needed = data.label() == LabelMode.CLASS ? data.outputs() + " classes" : "one value per example";
            throw Failure.usage(
                    where(index, "output") + ": gives " + units + ", but the data has " + needed,
                    "Set network.layers[" + index + "].units=" + data.outputs() + ".");
        }
    }

    private ShapeTable.Row row(LayerSpec layer) {
        if (layer instanceof LayerSpec.Convolution convolution) {
            return convolution(convolution);
        }
        if (layer instanceof LayerSpec.Subsampling subsampling) {
            return subsampling(subsampling);
        }
        if (layer instanceof LayerSpec.Dense dense) {
            return connected("dense", dense.units());
        }
        if (layer instanceof LayerSpec.Output output) {
            return connected("output", output.units());
        }
        if (layer instanceof LayerSpec.BatchNormalization) {
            long channels = in instanceof Shape.Maps maps ? maps.channels() : in.size();
            return row("batchNormalization", "", in, 4 * channels, Arithmetic.normalization(channels));
        }
        return row(layer instanceof LayerSpec.Dropout ? "dropout" : "activation", "", in, 0, "");
    }

    private ShapeTable.Row convolution(LayerSpec.Convolution layer) {
        Extent kernel = layer.kernel();
        Extent stride = layer.stride();
        Extent padding = layer.padding();
        Extent dilation = layer.dilation();
        Window down = new Window(kernel.height(), stride.height(), padding.height(), dilation.height(), layer.mode());
        Window across = new Window(kernel.width(), stride.width(), padding.width(), dilation.width(), layer.mode());
        Shape.Maps maps = maps("convolution");
        Shape output = slide("convolution", maps, layer.filters(), down, across);
        long weights = product("convolution", layer.filters(), maps.channels(), kernel.height(), kernel.width());
        return row(
                "convolution",
                Arithmetic.window(maps, down, across),
                output,
                weights + layer.filters(),
                Arithmetic.filters(layer.filters(), maps.channels(), kernel.height(), kernel.width(), true));
    }

    private ShapeTable.Row subsampling(LayerSpec.Subsampling layer) {
        Extent size = layer.size();
        Extent stride = layer.stride();
        Extent padding = layer.padding();
        if (padding.height() >= size.height() || padding.width() >= size.width()) {
            throw Failure.usage(
                    where(index, "subsampling") + ": with padding " + padding + " a window of " + size
                            + " can lie outside the " + in + " picture",
                    "Make network.layers[" + index + "].padding smaller than its size.");
        }
        Window down = new Window(size.height(), stride.height(), padding.height(), 1, layer.mode());
        Window across = new Window(size.width(), stride.width(), padding.width(), 1, layer.mode());
        Shape.Maps maps = maps("subsampling");
        Shape output = slide("subsampling", maps, maps.channels(), down, across);
        return row("subsampling", Arithmetic.window(maps, down, across), output, 0, "");
    }

    private ShapeTable.Row connected(String type, int units) {
        long weights = product(type, in.size(), units);
        return row(
                type,
                Arithmetic.flattened(in),
                new Shape.Units(units),
                weights + units,
                Arithmetic.connected(in.size(), units, true));
    }

    private Shape.Maps maps(String type) {
        if (in instanceof Shape.Maps maps) {
            return maps;
        }
        throw Failure.usage(
                where(index, type) + ": needs a picture of channels x height x width, but is given " + in + " numbers",
                "Move network.layers[" + index + "] before the first dense layer.");
    }

    private Shape slide(String type, Shape.Maps maps, long channels, Window down, Window across) {
        if (down.skipsPixels(maps.height()) || across.skipsPixels(maps.width())) {
            throw Failure.usage(
                    where(index, type) + ": mode same, but windows of " + down.span() + "x" + across.span()
                            + " at stride " + down.stride() + "x" + across.stride() + " skip pixels of the " + maps
                            + " they are given",
                    "Make the stride smaller, or use mode: truncate.");
        }
        if (!down.fits(maps.height()) || !across.fits(maps.width())) {
            throw Failure.usage(
                    where(index, type) + ": a window of " + down.span() + "x" + across.span() + " does not fit the "
                            + maps + " it is given" + padding(down, across),
                    "Make this window smaller, add padding, use mode: same, or shrink the picture less before it.");
        }
        if (down.mode() == LayerSpec.Mode.STRICT
                && (down.leftOver(maps.height()) != 0 || across.leftOver(maps.width()) != 0)) {
            throw Failure.usage(
                    where(index, type) + ": mode strict, but windows of " + down.span() + "x" + across.span()
                            + padding(down, across) + " at stride " + down.stride() + "x" + across.stride() + " leave "
                            + down.leftOver(maps.height()) + " rows and " + across.leftOver(maps.width())
                            + " columns over of the " + maps + " it is given",
                    "Use mode: truncate to drop them or mode: same to pad, or choose another size or stride.");
        }
        long height = down.positions(maps.height());
        long width = across.positions(maps.width());
        product(type, channels, height, width);
        return new Shape.Maps(channels, height, width);
    }

    private static String padding(Window down, Window across) {
        return down.padding() == 0 && across.padding() == 0
                ? ""
                : " with padding " + down.padding() + "x" + across.padding();
    }

    /** The product, which must be the size of an array that can be. */
    private long product(String type, long... factors) {
        long product = 1;
        for (long factor : factors) {
            if (product > MOST / factor) {
                throw Failure.usage(
                        where(index, type) + ": given " + in + ", would need an array of more than " + MOST
                                + " numbers",
                        "Make this layer smaller, or let subsampling or a stride make the picture smaller before it.");
            }
            product *= factor;
        }
        return product;
    }

    private ShapeTable.Row row(String type, String arithmetic, Shape output, long parameters, String text) {
        return new ShapeTable.Row(index, type, arithmetic, output, parameters, text);
    }

    private static String where(int index, String type) {
        return "network.layers[" + index + "] (" + type + ")";
    }
}
