package dev.featuremap.experiment;

/** What is done to the gradient of a step before the updater sees it, by DL4J's GradientNormalization; {@code type} chooses. */
@Choice(key = "type", meaning = "what is done to the gradient before the updater sees it")
public sealed interface GradientNormalization
        permits GradientNormalization.ClipNorm, GradientNormalization.ClipValue, GradientNormalization.Renormalize {
    /** What a norm is taken of. */
    enum Per {
        LAYER,
        /** A layer's weights, or its biases. */
        PARAMETER
    }

    /** {@code g · threshold/‖g‖} where the norm is larger than the threshold (Pascanu et al. 2013). */
    record ClipNorm(
            @Key(value = "the largest L2 norm", byDefault = "1", range = "(0, 1000000]")
            double threshold,

            @Key(
                    value = "whether the norm is of a layer's whole gradient, or of its weights' and its biases' each",
                    byDefault = "layer")
            Per per)
            implements GradientNormalization {
        public ClipNorm {
            Keys.check(ClipNorm.class, threshold, per);
        }
    }

    /** Each number of the gradient brought into −threshold..threshold. */
    record ClipValue(
            @Key(value = "the largest absolute value", byDefault = "1", range = "(0, 1000000]")
            double threshold) implements GradientNormalization {
        public ClipValue {
            Keys.check(ClipValue.class, threshold);
        }
    }

    /** {@code g/‖g‖}: its direction alone. */
    record Renormalize(
            @Key(
                    value = "whether the norm is of a layer's whole gradient, or of its weights' and its biases' each",
                    byDefault = "layer")
            Per per)
            implements GradientNormalization {
        public Renormalize {
            Keys.check(Renormalize.class, per);
        }
    }
}
