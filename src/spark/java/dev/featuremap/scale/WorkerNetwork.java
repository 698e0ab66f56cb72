package dev.featuremap.scale;

import dev.featuremap.engine.Engines;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.network.SavedNetwork;
import dev.featuremap.train.EngineLearner;
import dev.featuremap.train.OpenedData;
import java.io.Serializable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The network that workers train, without what training changes in it.
 *
 * @param json DL4J's configuration
 * @param engine the one all workers take
 * @param precision of the products
 * @param threads of each worker
 */
record WorkerNetwork(String json, TrainingSpec.Engine engine, TrainingSpec.Precision precision, int threads)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    EngineLearner learner(OpenedData data) {
        MultiLayerNetwork network = NetworkBuilder.network(SavedNetwork.parse(json, "the network sent"));
        return data.learner(network, Engines.open(engine, precision, network, threads));
    }
}
