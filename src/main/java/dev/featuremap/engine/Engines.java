package dev.featuremap.engine;

import dev.featuremap.backend.Backend;
import dev.featuremap.experiment.TrainingSpec;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Opens the engine an experiment asks for. */
public final class Engines {
    private Engines() {}

    public static Engine open(TrainingSpec.Engine choice, MultiLayerNetwork network) {
        Backend.start();
        return new Nd4jEngine(network);
    }
}
