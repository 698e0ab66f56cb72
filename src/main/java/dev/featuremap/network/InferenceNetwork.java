package dev.featuremap.network;

import java.util.List;

/**
 * What a network computes when it evaluates, layer by layer.
 *
 * @param input of one picture, {@code [channels, height, width]}
 * @param layers as they follow one another
 * @param weights of all layers, each of which tells its places
 */
public record InferenceNetwork(List<Integer> input, List<InferenceLayer> layers, InferenceWeights weights) {
    public InferenceNetwork {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
    }
}
