package dev.featuremap.network;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The learning rate of each step, as the output layer's updater has it.
 *
 * @param updater null where the output layer has none
 */
public record StepLearningRate(IUpdater updater) {
    public static StepLearningRate of(MultiLayerConfiguration network) {
        return new StepLearningRate(
                network.getConf(network.getConfs().size() - 1).getLayer() instanceof BaseLayer output
                        ? output.getIUpdater()
                        : null);
    }

    /**
     * The rate, or null where the updater has none.
     *
     * @param steps trained before
     * @param epochs ended before
     */
    public Double after(long steps, int epochs) {
        if (updater == null || !updater.hasLearningRate()) {
            return null;
        }
        double rate = updater.getLearningRate((int) steps, epochs);
        return Double.isFinite(rate) ? rate : null;
    }
}
