package dev.featuremap.play;

import java.util.List;

/**
 * A network as the page's program takes it.
 *
 * @param input of one picture, {@code [channels, height, width]}
 * @param layers as they follow one another
 * @param weights of all layers, as Base64 of little-endian float32; each layer tells its places
 */
record PlayNetwork(List<Integer> input, List<PlayLayer> layers, String weights) {
    PlayNetwork {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
    }
}
