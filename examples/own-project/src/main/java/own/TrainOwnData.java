package own;

import dev.featuremap.engine.FastTraining;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.NetworkBuilder;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Trains the network that an experiment file describes on data of one's own, which come through a DataVec record reader. */
public final class TrainOwnData {
    private TrainOwnData() {}

    public static void main(String[] args) {
        Experiment experiment = ExperimentFile.read(Path.of("letters.yaml"), List.of());
        DataShape shape = new DataShape(1, StripesReader.SIDE, StripesReader.SIDE, StripesReader.CLASSES);
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(experiment, shape));
        int batchSize = experiment.training().batchSize();
        try (FastTraining training = FastTraining.of(network)) {
            training.fit(batches(new StripesReader(1600, 1), batchSize), experiment.training().epochs());
            double accuracy = training.evaluate(batches(new StripesReader(400, 2), batchSize)).accuracy();
            System.out.printf("test accuracy %.4f%n", accuracy);
        }
    }

    private static DataSetIterator batches(StripesReader reader, int batchSize) {
        return new RecordReaderDataSetIterator.Builder(reader, batchSize)
                .classification(1, StripesReader.CLASSES.size())
                .build();
    }
}
