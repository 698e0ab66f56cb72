package dev.featuremap.engine;

import dev.featuremap.Failure;
import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.TrainingSpec;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Opens the engine an experiment asks for. */
public final class Engines {
    private Engines() {}

    /**
     * The engine for a network, with as many threads as the backend has; {@code auto} is {@code onednn} where that can run
     * the network, else {@code nd4j}.
     *
     * @throws dev.featuremap.Failure when {@code onednn} was asked for and cannot be
     */
    public static Engine open(TrainingSpec.Engine choice, TrainingSpec.Precision precision, MultiLayerNetwork network) {
        return open(choice, precision, network, Backend.start().threads());
    }

    /** The same with so many threads; {@code nd4j}'s are always those of whoever calls it. */
    public static Engine open(
            TrainingSpec.Engine choice, TrainingSpec.Precision precision, MultiLayerNetwork network, int threads) {
        boolean oneDnn = switch (choice) {
            case ND4J -> false;
            case ONEDNN -> true;
            case AUTO -> whyNotOneDnn(network.getLayerWiseConfigurations()).isEmpty();
        };
        if (!oneDnn && precision != TrainingSpec.Precision.F32) {
            throw Failure.usage(
                    "training.precision=bf16 is known to engine onednn only, which cannot train this network here: "
                            + whyNotOneDnn(network.getLayerWiseConfigurations()).orElse("training.engine is nd4j"),
                    "set training.precision=f32");
        }
        return oneDnn ? new OneDnnEngine(network, threads, precision) : new Nd4jEngine(network);
    }

    /**
     * Refuses a precision that this processor lacks the instructions for, before anything is read or written.
     *
     * @throws Failure (environment)
     */
    public static void requireInstructions(TrainingSpec.Precision precision) {
        if (precision == TrainingSpec.Precision.BF16
                && OneDnnEngine.unavailable().isEmpty()) {
            Bfloat16.required();
        }
    }

    /** What keeps {@code auto} from taking {@code onednn} for a network, in a few words; empty when nothing does. */
    public static Optional<String> whyNotOneDnn(MultiLayerConfiguration network) {
        if (!Backend.start().isCpu()) {
            return Optional.of("the backend is not the CPU's");
        }
        return OneDnnEngine.unavailable()
                .or(() -> OneDnnEngine.unsupported(network).map(lacking -> "engine onednn does not know " + lacking));
    }
}
