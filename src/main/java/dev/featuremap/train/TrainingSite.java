package dev.featuremap.train;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import java.io.Serializable;
import java.util.SortedMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Where an experiment's data is and its network is trained: this process, or the machines of a cluster. */
public interface TrainingSite {
    /** Opens the experiment's data. */
    Data open(Experiment experiment);

    /** The data of an experiment, at its site. */
    interface Data {
        Facts facts();

        /** Takes over {@code network} with the updater state it has. */
        Learner learner(MultiLayerNetwork network);
    }

    /**
     * What is known of an experiment's data without reading it.
     *
     * @param shape of the pictures, and the class names
     * @param trainExamples examples of the training split
     * @param fileHashes SHA-256 of each file
     */
    record Facts(DataShape shape, int trainExamples, SortedMap<String, String> fileHashes) implements Serializable {
        private static final long serialVersionUID = 1L;
    }
}
