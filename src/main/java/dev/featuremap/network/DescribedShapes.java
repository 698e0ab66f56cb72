package dev.featuremap.network;

import dev.featuremap.Failure;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.experiment.LayerSpec;
import dev.featuremap.experiment.Loss;
import dev.featuremap.experiment.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/** The shapes of a described network, by our own arithmetic: a shape that cannot be is refused before DL4J sees it. */
final class DescribedShapes {
    private DescribedShapes() {}

    static ShapeTable table(NetworkSpec.Layers network, Loss loss, DataShape data) {
        Shape input = new Shape.Maps(data.channels(), data.height(), data.width());
        List<ShapeTable.Row> rows = new ArrayList<>();
        Shape in = input;
        long parameters = 0;
        LayerPlace place = null;
        for (LayerSpec spec : network.layers()) {
            KnownLayer layer = KnownLayer.of(spec, loss);
            place = new LayerPlace(rows.size(), layer.type(), in);
            Shape output = layer.output(place);
            long own = layer.parameters(place);
            parameters += own;
            if (parameters > LayerPlace.MOST) {
                throw place.tooManyParameters(output);
            }
            rows.add(new ShapeTable.Row(
                    rows.size(), layer.type(), layer.shapeArithmetic(in), output, own, layer.parameterArithmetic(in)));
            in = output;
        }
        checkOutputs(network, data, place);
        return new ShapeTable(input, rows);
    }

    private static void checkOutputs(NetworkSpec.Layers network, DataShape data, LayerPlace last) {
        int units = network.output().units();
        if (units != data.outputs()) {
            String needed = data.label() == LabelMode.CLASS ? data.outputs() + " classes" : "one value per example";
            throw Failure.usage(
                    last + ": gives " + units + ", but the data has " + needed,
                    "Set network.layers[" + last.index() + "].units=" + data.outputs() + ".");
        }
    }
}
