package dev.featuremap.engine;

import java.lang.reflect.Field;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * DL4J's oneDNN helpers that compute something else than its layers.
 *
 * <p>There is one: on the backward pass through an average pool that counts the padding ({@code avgPoolIncludePadInDivisor}), the helper of
 * 1.0.0-M2.1 divides by the number of pixels without it, so that gradients do not fit what went forward.
 */
final class FaultyHelpers {
    private FaultyHelpers() {}

    /** Has a network's layers do without such helpers. */
    static void removeFrom(MultiLayerNetwork network) {
        for (Layer layer : network.getLayers()) {
            if (layer instanceof SubsamplingLayer pool && countsPadding(pool)) {
                removeHelper(pool);
            }
        }
    }

    private static boolean countsPadding(SubsamplingLayer pool) {
        var configuration =
                (org.deeplearning4j.nn.conf.layers.SubsamplingLayer) pool.conf().getLayer();
        return configuration.getPoolingType() == PoolingType.AVG && configuration.isAvgPoolIncludePadInDivisor();
    }

    /** A layer chooses its helper when it is made, and nothing else of DL4J's changes it. */
    private static void removeHelper(SubsamplingLayer pool) {
        try {
            Field helper = SubsamplingLayer.class.getDeclaredField("helper");
            helper.setAccessible(true);
            helper.set(pool, null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("DL4J's SubsamplingLayer is not that of 1.0.0-M2.1", e);
        }
    }
}
