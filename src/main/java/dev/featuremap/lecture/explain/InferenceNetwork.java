package dev.featuremap.lecture.explain;

import dev.featuremap.Failure;
import dev.featuremap.engine.FaultyLayers;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A copy of a trained network taken apart layer by layer, without dropout: forwards, and backwards from its scores to
 * the picture. A score is an output before the output layer's activation function.
 */
final class InferenceNetwork {
    private final MultiLayerNetwork network;
    /** The same layers without activation functions. */
    private final MultiLayerNetwork linear;

    private InferenceNetwork(MultiLayerNetwork network, MultiLayerNetwork linear) {
        this.network = network;
        this.linear = linear;
    }

    /**
     * Copies a network; the original stays as it is.
     *
     * @throws Failure (model) when it has recurrent layers or its last layer is no fully connected output
     */
    static InferenceNetwork of(MultiLayerNetwork trained) {
        for (Layer layer : trained.getLayers()) {
            boolean isLast = layer.getIndex() == trained.getnLayers() - 1;
            if (layer.type() == Layer.Type.RECURRENT || (isLast && !(configuration(layer) instanceof OutputLayer))) {
                throw Failure.model(
                        "layer " + layer.getIndex() + " is a "
                                + configuration(layer).getClass().getSimpleName()
                                + ": only feed-forward layers that end in an output layer can be explained",
                        "explain a run whose network is described by network.layers");
            }
        }
        MultiLayerNetwork network = trained.clone();
        MultiLayerNetwork linear = trained.clone();
        for (int i = 0; i < trained.getnLayers(); i++) {
            configuration(network.getLayer(i)).setIDropout(null);
            configuration(linear.getLayer(i)).setIDropout(null);
            if (configuration(linear.getLayer(i)) instanceof BaseLayer layer) {
                layer.setActivationFn(new ActivationIdentity());
            }
        }
        FaultyLayers.mend(network);
        network.initGradientsView();
        return new InferenceNetwork(network, linear);
    }

    int layers() {
        return network.getnLayers();
    }

    Layer layer(int index) {
        return network.getLayer(index);
    }

    /** Whether a layer applies an activation function; DL4J gives one to all, but these three never apply theirs. */
    boolean isActivated(int index) {
        var configuration = configuration(network.getLayer(index));
        return configuration instanceof BaseLayer layer
                && !(configuration instanceof BatchNormalization
                        || configuration instanceof DropoutLayer
                        || configuration instanceof PReLULayer)
                && !(layer.getActivationFn() instanceof ActivationIdentity);
    }

    /** What comes out of a layer for what came out of the one before. */
    INDArray after(int index, INDArray input) {
        return forward(network, index, input);
    }

    /** The same before the layer's activation function. */
    INDArray before(int index, INDArray input) {
        return forward(linear, index, input);
    }

    /** The scores {@code [n, outputs]} of pictures. */
    INDArray scores(INDArray features) {
        return scoresFrom(0, features);
    }

    /** The scores {@code [n, outputs]} for what comes into a layer. */
    INDArray scoresFrom(int index, INDArray input) {
        INDArray activation = input;
        int last = layers() - 1;
        for (int i = index; i < last; i++) {
            activation = after(i, activation);
        }
        return before(last, activation);
    }

    /** The slope of a weighted sum of one picture's scores by its pixels, {@code [1, channels, height, width]}. */
    INDArray gradient(INDArray features, INDArray weightsOfScores) {
        int last = layers() - 1;
        List<INDArray> inputs = new ArrayList<>(List.of(features));
        for (int i = 0; i < last; i++) {
            inputs.add(after(i, inputs.get(i)));
        }
        INDArray weights = network.getLayer(last).getParam(DefaultParamInitializer.WEIGHT_KEY);
        INDArray slope = throughPreProcessor(last, weightsOfScores.mmul(weights.transpose()));
        for (int i = last - 1; i >= 0; i--) {
            slope = throughPreProcessor(i, throughLayer(i, inputs.get(i), slope));
        }
        return slope;
    }

    private INDArray throughLayer(int index, INDArray input, INDArray slope) {
        Layer layer = network.getLayer(index);
        if (configuration(layer) instanceof BatchNormalization) {
            // DL4J's own would go back through the batch's statistics, which stand still here: the layer is a straight
            // line for each number, whose slope is its rise from 0 to 1.
            INDArray zeros = after(index, input.mul(0));
            return slope.mul(after(index, input.mul(0).addi(1)).sub(zeros));
        }
        after(index, input);
        return layer.backpropGradient(slope, LayerWorkspaceMgr.noWorkspaces()).getSecond();
    }

    private INDArray throughPreProcessor(int index, INDArray slope) {
        InputPreProcessor shape = network.getLayerWiseConfigurations().getInputPreProcess(index);
        return shape == null ? slope : shape.backprop(slope.dup('c'), 1, LayerWorkspaceMgr.noWorkspaces());
    }

    private static INDArray forward(MultiLayerNetwork network, int index, INDArray input) {
        LayerWorkspaceMgr detached = LayerWorkspaceMgr.noWorkspaces();
        InputPreProcessor shape = network.getLayerWiseConfigurations().getInputPreProcess(index);
        INDArray shaped = shape == null ? input : shape.preProcess(input.dup('c'), (int) input.size(0), detached);
        // Some layers change their input in place.
        return network.getLayer(index).activate(shaped.dup(), false, detached);
    }

    private static org.deeplearning4j.nn.conf.layers.Layer configuration(Layer layer) {
        return layer.conf().getLayer();
    }
}
