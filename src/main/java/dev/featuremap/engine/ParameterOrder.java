package dev.featuremap.engine;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.layers.convolution.DepthwiseConvolution2DLayer;
import org.deeplearning4j.nn.layers.convolution.SeparableConvolution2DLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which of a layer's parameters comes first.
 *
 * <p>DL4J's updater counts stretches of the flattened parameters in the order in which a layer tells its parameters. Depthwise and separable
 * convolutions of 1.0.0-M2.1 tell their weights first, but have the bias first in memory: regularisation, clipping and a bias's own updater
 * fall on the wrong ones (docs/decisions/0044-faulty-layers.md).
 */
final class ParameterOrder {
    private ParameterOrder() {}

    /** Has such layers tell their parameters in the order they have in memory. */
    static void mend(MultiLayerNetwork network) {
        boolean mended = false;
        for (Layer layer : network.getLayers()) {
            if (layer instanceof DepthwiseConvolution2DLayer || layer instanceof SeparableConvolution2DLayer) {
                layer.setParamTable(inMemory(layer.paramTable()));
                mended = true;
            }
        }
        Updater updater = network.getUpdater(false);
        if (mended && updater != null) {
            network.setUpdater(new MultiLayerUpdater(network, updater.getStateViewArray()));
        }
    }

    private static Map<String, INDArray> inMemory(Map<String, INDArray> parameters) {
        Map<String, INDArray> ordered = new LinkedHashMap<>();
        parameters.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        parameter -> parameter.getValue().offset()))
                .forEach(parameter -> ordered.put(parameter.getKey(), parameter.getValue()));
        return ordered;
    }
}
