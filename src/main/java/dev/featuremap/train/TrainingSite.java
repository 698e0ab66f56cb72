package dev.featuremap.train;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
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
     * @param validationExamples examples of the validation split; 0 where nothing is held out
     * @param fileHashes SHA-256 of each file
     */
    record Facts(DataShape shape, int trainExamples, int validationExamples, SortedMap<String, String> fileHashes)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        /** What training is measured on as it goes: the validation split, or where nothing is held out the test split. */
        public Split watched() {
            return validationExamples > 0 ? Split.VALIDATION : Split.TEST;
        }
    }
}
