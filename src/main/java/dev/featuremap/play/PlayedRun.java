package dev.featuremap.play;

import dev.featuremap.run.ModelInput;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A run to play with.
 *
 * @param name of its directory
 * @param network trained
 * @param input how pictures become what the network takes
 * @param mistakes the test examples it gets most wrong, the worst first
 * @param epoch how many epochs the network was trained
 * @param others its networks after other numbers of epochs
 */
public record PlayedRun(
        String name,
        MultiLayerNetwork network,
        ModelInput input,
        List<PlayPicture> mistakes,
        int epoch,
        SortedMap<Integer, Supplier<MultiLayerNetwork>> others) {
    /** So many weights of other epochs fit beside the network: two epochs of LeNet, hundreds of the X/O network. */
    private static final long MOST_OTHER_WEIGHTS = 900_000;

    public PlayedRun {
        mistakes = List.copyOf(mistakes);
    }

    /** The other epochs that fit into a page, from the first to the last at about the same distances. */
    SortedMap<Integer, Supplier<MultiLayerNetwork>> othersThatFit() {
        int fit = (int) Math.min(others.size(), MOST_OTHER_WEIGHTS / network.numParams());
        List<Integer> all = new ArrayList<>(others.keySet());
        SortedMap<Integer, Supplier<MultiLayerNetwork>> taken = new TreeMap<>();
        for (int i = 0; i < fit; i++) {
            int epoch = all.get(fit == 1 ? 0 : (int) Math.round(i * (all.size() - 1.0) / (fit - 1)));
            taken.put(epoch, others.get(epoch));
        }
        return taken;
    }
}
