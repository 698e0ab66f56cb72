package dev.featuremap.engine;

import java.io.Serializable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What training changes in a network, as plain numbers that can travel.
 *
 * @param all parameters in DL4J's order, then the updater's state
 * @param iteration steps counted so far, for the updater
 * @param epoch epochs counted so far, from 0
 */
public record NetworkState(FloatVector all, int iteration, int epoch) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What a network holds now. */
    public static NetworkState of(MultiLayerNetwork network) {
        INDArray state = network.getUpdater().getStateViewArray();
        int parameters = Math.toIntExact(network.numParams());
        int states = state == null ? 0 : Math.toIntExact(state.length());
        float[] values = new float[parameters + states];
        NativeFloats.bufferOf(network.params()).get(values, 0, parameters);
        if (states > 0) {
            NativeFloats.bufferOf(state).get(values, parameters, states);
        }
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        return new NetworkState(
                new FloatVector(values), configuration.getIterationCount(), configuration.getEpochCount());
    }

    /** Makes a network of the same configuration hold this. */
    public void writeTo(MultiLayerNetwork network) {
        INDArray state = network.getUpdater().getStateViewArray();
        int parameters = Math.toIntExact(network.numParams());
        float[] values = all.values();
        NativeFloats.bufferOf(network.params()).put(values, 0, parameters);
        if (state != null) {
            NativeFloats.bufferOf(state).put(values, parameters, Math.toIntExact(state.length()));
        }
        network.getLayerWiseConfigurations().setIterationCount(iteration);
        network.getLayerWiseConfigurations().setEpochCount(epoch);
    }
}
