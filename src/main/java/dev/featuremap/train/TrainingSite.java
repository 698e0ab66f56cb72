package dev.featuremap.train;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.NetworkBuilder;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Where an experiment's data is and its network is trained: this process, or the machines of a cluster. */
public interface TrainingSite {
    /** Opens the experiment's data. */
    Data open(Experiment experiment);

    /** The data of an experiment, at its site. */
    interface Data {
        Facts facts();

        /**
         * Takes over {@code network} with the updater state it has.
         *
         * @param averaged the same with the average of its weights until now; empty where there is none or it begins here
         */
        Learner learner(MultiLayerNetwork network, Optional<MultiLayerNetwork> averaged);
    }

    /**
     * What is known of an experiment's data without reading it.
     *
     * @param shape of the pictures, and the class names
     * @param trainExamples examples of the training split
     * @param validationExamples examples of the validation split; 0 where nothing is held out
     * @param fileHashes SHA-256 of each file
     * @param zeros examples of any split whose value is 0; none where labels are classes
     * @param classCounts examples of the training split of each class; none where labels are values
     */
    record Facts(
            DataShape shape,
            int trainExamples,
            int validationExamples,
            SortedMap<String, String> fileHashes,
            int zeros,
            List<Integer> classCounts)
            implements Serializable {
        private static final long serialVersionUID = 2L;

        /** What training is measured on as it goes: the validation split, or where nothing is held out the test split. */
        public Split watched() {
            return validationExamples > 0 ? Split.VALIDATION : Split.TEST;
        }

        /** Batches of one epoch; a last one that is too small for the network's batch normalisation is left out. */
        public int stepsPerEpoch(TrainingSpec training, MultiLayerConfiguration network) {
            return training.stepsPerEpoch(trainExamples, NetworkBuilder.leastExamples(network, shape));
        }

        /** Whether that leaves out a batch. */
        boolean leavesOneOut(TrainingSpec training, MultiLayerConfiguration network) {
            return stepsPerEpoch(training, network) < training.stepsPerEpoch(trainExamples, 1);
        }
    }
}
