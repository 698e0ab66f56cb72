package dev.featuremap.lecture.explain;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.NetworkSpec;
import dev.featuremap.lecture.NdGrids;
import dev.featuremap.network.ShapeTable;
import dev.featuremap.page.Grid;
import dev.featuremap.run.Predictions;
import dev.featuremap.train.Predictor;
import dev.featuremap.train.PreparedPicture;
import dev.featuremap.train.SavedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Explains what a trained run says of pictures. */
public final class Explainer {
    private final SavedRun run;
    private final InferenceNetwork network;
    private final ShapeTable shapes;

    /** Explains the answers of a run, which must stay open. */
    public Explainer(SavedRun run) {
        this.run = run;
        this.network = InferenceNetwork.of(run.network());
        this.shapes = run.experiment().network() instanceof NetworkSpec.Layers
                ? ShapeTable.of(run.experiment(), run.shape())
                : ShapeTable.of(run.network().getLayerWiseConfigurations(), run.shape());
    }

    /** Explains the answer to one picture. */
    public Explanation explain(PreparedPicture picture) {
        INDArray features = Predictor.features(List.of(picture), run.shape());
        List<LayerView> layers = new ArrayList<>();
        List<INDArray> activations = new ArrayList<>();
        INDArray activation = features;
        for (int i = 0; i < network.layers(); i++) {
            INDArray next = network.after(i, activation);
            layers.add(view(i, activation, next));
            activations.add(next);
            activation = next;
        }
        double[] outputs = activation.toDoubleVector();
        int best = Predictions.largest(activation.toFloatVector());
        Attribution attribution = new Attribution(network, contrast(outputs.length, best), features);
        return new Explanation(
                run.name(),
                picture.done(),
                NdGrids.maps(features, 0),
                run.experiment().data().scaling().apply(0),
                run.experiment().data().scaling().apply(255),
                answer(outputs, best),
                named(outputs),
                layers,
                attribution.occlusion(),
                attribution.patch(),
                layers.stream()
                        .filter(layer -> !layer.filters().isEmpty())
                        .flatMap(
                                layer -> attribution.importance(layer.index(), activations.get(layer.index())).stream())
                        .toList(),
                attribution.saliency());
    }

    private LayerView view(int index, INDArray input, INDArray output) {
        Layer layer = network.layer(index);
        return new LayerView(
                index,
                shapes.rows().get(index).type(),
                shape(output),
                filters(layer),
                network.isActivated(index) ? grids(network.before(index, input)) : List.of(),
                grids(output));
    }

    /** Feature maps as they are, single units as one row. */
    private static List<Grid> grids(INDArray activation) {
        if (activation.rank() == 4) {
            return NdGrids.maps(activation, 0);
        }
        int units = (int) activation.length();
        return List.of(Grid.of(1, units, activation.toDoubleVector()));
    }

    private static String shape(INDArray activation) {
        return activation.rank() == 4
                ? activation.size(1) + "x" + activation.size(2) + "x" + activation.size(3)
                : Long.toString(activation.length());
    }

    private static List<Grid> filters(Layer layer) {
        // Depthwise and separable ones have filters over single channels, in other orders.
        if (layer.conf().getLayer().getClass() != ConvolutionLayer.class) {
            return List.of();
        }
        INDArray weights = layer.getParam(ConvolutionParamInitializer.WEIGHT_KEY);
        // [filters, channels, height, width] to [1, filters, height, width]
        INDArray means = weights.mean(1);
        return NdGrids.maps(means.reshape(1, means.size(0), means.size(1), means.size(2)), 0);
    }

    /** What is explained: the answer's score against the mean of the others', or the one value. */
    private static INDArray contrast(int outputs, int best) {
        INDArray weights = Nd4j.zeros(1, outputs);
        if (outputs > 1) {
            weights.addi(-1.0 / (outputs - 1));
        }
        weights.putScalar(0, best, 1);
        return weights;
    }

    private String answer(double[] outputs, int best) {
        DataShape shape = run.shape();
        return shape.classNames().isEmpty()
                ? Double.toString(outputs[0])
                : shape.classNames().get(best);
    }

    private Map<String, Double> named(double[] outputs) {
        List<String> names = run.shape().classNames();
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < outputs.length; i++) {
            named.put(names.isEmpty() ? "value" : names.get(i), outputs[i]);
        }
        return named;
    }
}
