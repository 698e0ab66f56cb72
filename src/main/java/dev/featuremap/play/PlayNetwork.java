package dev.featuremap.play;

import dev.featuremap.network.InferenceLayer;
import dev.featuremap.network.InferenceNetwork;
import java.util.List;

/**
 * A network as the page's program takes it.
 *
 * @param input of one picture, {@code [channels, height, width]}
 * @param layers as they follow one another
 * @param weights of all layers, {@link PlayWeights#all}; each layer tells its places
 * @param arrays how many numbers each array of weights has
 */
record PlayNetwork(List<Integer> input, List<InferenceLayer> layers, String weights, List<Integer> arrays) {
    PlayNetwork {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
        arrays = List.copyOf(arrays);
    }

    static PlayNetwork of(InferenceNetwork network) {
        return new PlayNetwork(
                network.input(),
                network.layers(),
                PlayWeights.all(network.weights()),
                network.weights().arrays());
    }
}
