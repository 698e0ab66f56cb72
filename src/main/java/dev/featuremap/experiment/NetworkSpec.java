package dev.featuremap.experiment;

import java.util.List;

/** The network to train: described layer by layer, or saved in a file; the key {@code saved} chooses. */
public sealed interface NetworkSpec permits NetworkSpec.Layers, NetworkSpec.Saved {
    /** Layers from the first to the output. */
    record Layers(
            @Key("the layers, from the first to the output") List<LayerSpec> layers,

            @Key(value = "how weights are drawn at the start", byDefault = "xavier")
            WeightInit weightInit,

            @Key(value = "bias at the start", byDefault = "0", range = "[-1000, 1000]")
            double biasInit,

            @Key(value = "L1 regularisation of weights", byDefault = "0", range = "[0, 1000]")
            double l1,

            @Key(value = "L2 regularisation of weights", byDefault = "0", range = "[0, 1000]")
            double l2,

            @Key(
                    value =
                            "decoupled decay of weights: the share, times the learning rate, that each step takes off them; with adam this is AdamW",
                    byDefault = "0",
                    range = "[0, 1000]")
            double weightDecay)
            implements NetworkSpec {
        public Layers {
            Keys.check(Layers.class, layers, weightInit, biasInit, l1, l2, weightDecay);
            layers = List.copyOf(layers);
            int outputs = (int) layers.stream()
                    .filter(layer -> layer instanceof LayerSpec.Output)
                    .count();
            if (layers.isEmpty() || outputs != 1 || !(layers.get(layers.size() - 1) instanceof LayerSpec.Output)) {
                throw new InvalidKey(
                        "layers",
                        layers.size() + " layers, " + outputs + " of type output",
                        "at least one layer, the last and only the last of type output");
            }
            if (l2 > 0 && weightDecay > 0) {
                throw new InvalidKey("weightDecay", weightDecay, "0 beside l2, which is another form of the same");
            }
        }

        /** These layers, everything else by default. */
        public Layers(List<LayerSpec> layers) {
            this(layers, WeightInit.XAVIER, 0, 0, 0, 0);
        }

        /** The last layer. */
        public LayerSpec.Output output() {
            return (LayerSpec.Output) layers.get(layers.size() - 1);
        }
    }

    /** A network saved as DL4J's own MultiLayerConfiguration JSON; its updater, loss and initialisation are the file's. */
    record Saved(
            @Key(value = "a file with DL4J's MultiLayerConfiguration as JSON", isPath = true)
            String saved) implements NetworkSpec {
        public Saved {
            Keys.check(Saved.class, saved);
        }
    }
}
