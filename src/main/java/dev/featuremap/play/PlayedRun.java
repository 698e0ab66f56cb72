package dev.featuremap.play;

import dev.featuremap.run.ModelInput;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A run to play with.
 *
 * @param name of its directory
 * @param network trained
 * @param input how pictures become what the network takes
 * @param mistakes the test examples it gets most wrong, the worst first
 */
public record PlayedRun(String name, MultiLayerNetwork network, ModelInput input, List<PlayPicture> mistakes) {
    public PlayedRun {
        mistakes = List.copyOf(mistakes);
    }
}
