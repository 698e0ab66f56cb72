package dev.featuremap.network;

import dev.featuremap.experiment.GradientNormalization;
import dev.featuremap.experiment.GradientNormalization.Per;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;

/** DL4J's way and threshold for each {@link GradientNormalization}. */
final class GradientNormalizations {
    /** DL4J's own, which renormalising does not look at. */
    private static final double UNUSED_THRESHOLD = 1;

    private GradientNormalizations() {}

    /** Has a layer normalise so, unless it is a batch normalisation: DL4J would take what moves the running statistics for gradients. */
    static void set(BaseLayer layer, GradientNormalization how) {
        boolean hasStatistics = layer instanceof BatchNormalization;
        layer.setGradientNormalization(
                hasStatistics ? org.deeplearning4j.nn.conf.GradientNormalization.None : way(how));
        layer.setGradientNormalizationThreshold(threshold(how));
    }

    static void set(AbstractSameDiffLayer layer, GradientNormalization how) {
        layer.setGradientNormalization(way(how));
        layer.setGradientNormalizationThreshold(threshold(how));
    }

    private static org.deeplearning4j.nn.conf.GradientNormalization way(GradientNormalization how) {
        if (how instanceof GradientNormalization.ClipNorm clip) {
            return clip.per() == Per.LAYER
                    ? org.deeplearning4j.nn.conf.GradientNormalization.ClipL2PerLayer
                    : org.deeplearning4j.nn.conf.GradientNormalization.ClipL2PerParamType;
        } else if (how instanceof GradientNormalization.ClipValue) {
            return org.deeplearning4j.nn.conf.GradientNormalization.ClipElementWiseAbsoluteValue;
        } else if (how instanceof GradientNormalization.Renormalize renormalize) {
            return renormalize.per() == Per.LAYER
                    ? org.deeplearning4j.nn.conf.GradientNormalization.RenormalizeL2PerLayer
                    : org.deeplearning4j.nn.conf.GradientNormalization.RenormalizeL2PerParamType;
        }
        throw new IllegalStateException("no gradient normalisation of DL4J's for " + how);
    }

    private static double threshold(GradientNormalization how) {
        if (how instanceof GradientNormalization.ClipNorm clip) {
            return clip.threshold();
        }
        return how instanceof GradientNormalization.ClipValue clip ? clip.threshold() : UNUSED_THRESHOLD;
    }
}
