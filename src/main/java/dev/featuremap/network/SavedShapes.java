package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LabelMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/**
 * The shapes of a network of DL4J's. Its input sizes are set already, so it fits the data as it is or is refused.
 *
 * <p>Layers of a described network show the same arithmetic as there; other layers show DL4J's result only.
 */
final class SavedShapes {
    private static final String REMEDY =
            "Use data of the shape the network was made for, or make a network for this data.";

    private final MultiLayerConfiguration network;
    /** May be changed: DL4J has no other way to ask a layer which input size it needs than to set it. */
    private final MultiLayerConfiguration copy;

    private final DataShape data;

    private SavedShapes(MultiLayerConfiguration network, DataShape data) {
        this.network = network;
        this.copy = MultiLayerConfiguration.fromJson(network.toJson());
        this.data = data;
    }

    /**
     * The table, once every layer is known to fit what it is given and the last one the labels.
     *
     * @throws Failure of kind model with both shapes
     */
    static ShapeTable table(MultiLayerConfiguration network, DataShape data) {
        return new SavedShapes(network, data).table();
    }

    /** The same network with the preprocessors between its layers that DL4J adds when it is told the input's shape. */
    static MultiLayerConfiguration withPreProcessors(MultiLayerConfiguration network, DataShape data) {
        MultiLayerConfiguration result = network.clone();
        SavedShapes shapes = new SavedShapes(result, data);
        InputType type = shapes.input();
        for (int i = 0; i < result.getConfs().size(); i++) {
            if (result.getInputPreProcess(i) == null) {
                InputType in = type;
                Layer layer = result.getConf(i).getLayer();
                InputPreProcessor needed = shapes.ask(i, in, () -> layer.getPreProcessorForInputType(in));
                if (needed != null) {
                    result.getInputPreProcessors().put(i, needed);
                }
            }
            type = shapes.output(i, shapes.preProcessed(i, type));
        }
        return result;
    }

    private ShapeTable table() {
        if (network.toJson().contains("\"NHWC\"")) {
            throw Failure.model(
                    "the network wants pictures as [height, width, channels], but data is [channels, height, width]",
                    "Build it with DL4J's CNN2DFormat.NCHW, the default.");
        }
        InputType type = input();
        List<ShapeTable.Row> rows = new ArrayList<>();
        long parameters = 0;
        for (int i = 0; i < network.getConfs().size(); i++) {
            Shape before = shape(i, type);
            InputType in = preProcessed(i, type);
            checkInput(i, in);
            checkWindows(i, in);
            type = output(i, in);
            Shape out = shape(i, type);
            Shape read = shape(i, in);
            Optional<KnownLayer> known = KnownLayer.of(layer(i));
            long own = parameters(network, i);
            parameters += own;
            if (parameters > Integer.MAX_VALUE) {
                throw Failure.model(name(i) + ": more than " + Integer.MAX_VALUE + " parameters", REMEDY);
            }
            rows.add(new ShapeTable.Row(
                    i,
                    layer(i).getClass().getSimpleName(),
                    known.map(layer -> layer.shapeArithmetic(before)).orElse(""),
                    out,
                    own,
                    known.map(layer -> layer.parameterArithmetic(read)).orElse("")));
        }
        checkOutput(rows.get(rows.size() - 1));
        return new ShapeTable(new Shape.Maps(data.channels(), data.height(), data.width()), rows);
    }

    /** DL4J divides towards zero, and so finds room for a window that is larger than the picture. */
    private void checkWindows(int index, InputType in) {
        ask(index, in, () -> KnownLayer.of(layer(index)).flatMap(KnownLayer::windows))
                .ifPresent(windows -> {
                    if (!(shapeOrNull(in) instanceof Shape.Maps maps) || !windows.fit(maps)) {
                        throw misfit(index, "pictures that a window of " + windows + " fits", text(in), null);
                    }
                });
    }

    private InputType input() {
        return InputType.convolutional(data.height(), data.width(), data.channels());
    }

    /** What DL4J answers; a layer that throws for this input does not fit it. */
    private <T> T ask(int index, InputType in, Supplier<T> question) {
        try {
            return question.get();
        } catch (Failure failure) {
            throw failure;
        } catch (RuntimeException e) {
            throw misfit(index, "another kind of input", text(in), e);
        }
    }

    private InputType preProcessed(int index, InputType in) {
        InputPreProcessor preProcessor = network.getInputPreProcess(index);
        if (preProcessor == null) {
            return in;
        }
        if (preProcessor instanceof CnnToFeedForwardPreProcessor flatten
                && in instanceof InputType.InputTypeConvolutional maps) {
            // DL4J's own getOutputType does not compare the two.
            Shape expected =
                    new Shape.Maps(flatten.getNumChannels(), flatten.getInputHeight(), flatten.getInputWidth());
            Shape found = new Shape.Maps(maps.getChannels(), maps.getHeight(), maps.getWidth());
            if (expected.size() != 0 && !expected.equals(found)) {
                throw misfit(index, expected.toString(), found.toString(), null);
            }
        }
        return ask(index, in, () -> preProcessor.getOutputType(in));
    }

    private InputType output(int index, InputType in) {
        if (layer(index) instanceof LossLayer) {
            // Gives what it is given; DL4J answers its nOut, which nobody sets.
            return in;
        }
        return ask(index, in, () -> layer(index).getOutputType(index, in));
    }

    private void checkInput(int index, InputType in) {
        long made = ask(index, in, () -> parameters(network, index));
        Layer fitted = copy.getConf(index).getLayer();
        long needed = ask(index, in, () -> {
            fitted.setNIn(in, true);
            return parameters(copy, index);
        });
        if (layer(index) instanceof FeedForwardLayer found
                && fitted instanceof FeedForwardLayer fitting
                && found.getNIn() != fitting.getNIn()) {
            throw misfit(index, found.getNIn() + inputs(in), text(in), null);
        }
        if (needed != made) {
            throw misfit(index, "an input for " + made + " parameters", text(in), null);
        }
    }

    private static String inputs(InputType in) {
        return in.getType() == InputType.Type.CNN ? " channels" : " inputs";
    }

    private void checkOutput(ShapeTable.Row last) {
        if (!last.output().equals(new Shape.Units(data.outputs()))) {
            String needed = data.label() == LabelMode.CLASS ? data.outputs() + " classes" : "one value per example";
            throw Failure.model(
                    name(last.index()) + ": the network gives " + last.output() + ", but the data has " + needed,
                    REMEDY);
        }
    }

    private Failure misfit(int index, String made, String given, RuntimeException underlying) {
        return new Failure(
                Failure.Kind.MODEL,
                name(index) + " was made for " + made + ", but is given " + given + " from pictures of "
                        + data.picture(),
                REMEDY,
                underlying);
    }

    private Layer layer(int index) {
        return network.getConf(index).getLayer();
    }

    private static long parameters(MultiLayerConfiguration network, int index) {
        Layer layer = network.getConf(index).getLayer();
        return layer.initializer().numParams(layer);
    }

    private String name(int index) {
        return "layer " + index + " (" + layer(index).getClass().getSimpleName() + ")";
    }

    private Shape shape(int index, InputType type) {
        Shape shape = shapeOrNull(type);
        boolean real = shape instanceof Shape.Maps maps
                ? maps.channels() > 0 && maps.height() > 0 && maps.width() > 0
                : shape instanceof Shape.Sequence || (shape instanceof Shape.Units units && units.size() > 0);
        if (!real) {
            throw misfit(index, "another shape", text(type), null);
        }
        return shape;
    }

    private static String text(InputType type) {
        Shape shape = shapeOrNull(type);
        return shape == null ? String.valueOf(type) : shape.toString();
    }

    private static Shape shapeOrNull(InputType type) {
        if (type instanceof InputType.InputTypeConvolutional maps) {
            return new Shape.Maps(maps.getChannels(), maps.getHeight(), maps.getWidth());
        }
        if (type instanceof InputType.InputTypeFeedForward units) {
            return new Shape.Units(units.getSize());
        }
        if (type instanceof InputType.InputTypeRecurrent sequence) {
            return new Shape.Sequence(sequence.getSize(), sequence.getTimeSeriesLength());
        }
        return null;
    }
}
