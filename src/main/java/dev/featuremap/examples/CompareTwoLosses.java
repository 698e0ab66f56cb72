package dev.featuremap.examples;

import dev.featuremap.Logging;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.engine.Nd4jEngine;
import dev.featuremap.engine.StepSeed;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.run.Scores;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.Evaluator;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** MSE against MAE by hand: the same network from the same weights on the same batches, an epoch at a time. */
public final class CompareTwoLosses {
    private static final int EPOCHS = 3;

    private CompareTwoLosses() {}

    public static void main(String[] args) {
        Logging.configure();
        for (String loss : List.of("mse", "mae")) {
            Experiment experiment =
                    ExperimentFile.read(Path.of("conf/experiment/xo-cnn.yaml"), List.of("loss=" + loss));
            Datasets data = Datasets.open(
                    experiment.data(),
                    experiment.seed(),
                    DataFolder.in(Workspace.current().data()));
            try (Nd4jEngine engine =
                    new Nd4jEngine(NetworkBuilder.network(NetworkBuilder.configuration(experiment, data.shape())))) {
                train(loss, experiment, data, engine);
            }
        }
    }

    private static void train(String loss, Experiment experiment, Datasets data, Nd4jEngine engine) {
        long step = 0;
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            DataSetIterator batches =
                    data.train().shuffled(experiment.training().batchSize(), experiment.seed(), epoch);
            while (batches.hasNext()) {
                engine.step(batches.next(), StepSeed.of(experiment.seed(), step++));
            }
            engine.endEpoch();
            Scores scores =
                    new Evaluator(data.shape()).score(engine, data.test().inOrder(256));
            System.out.printf(
                    "%s epoch %d: accuracy %.2f %%  mse %.4f  mae %.4f%n",
                    loss, epoch, 100 * scores.accuracy(), scores.mse(), scores.mae());
        }
    }
}
