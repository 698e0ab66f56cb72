package dev.featuremap.examples;

import dev.featuremap.Logging;
import dev.featuremap.data.Datasets;
import dev.featuremap.engine.FastTraining;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** An epoch of LeNet by DL4J's own {@code fit}, and the same by {@link FastTraining}: what two lines make of a plain DL4J program. */
public final class FastLeNet {
    private FastLeNet() {}

    public static void main(String[] args) {
        Logging.configure();
        Datasets data = TrainLeNet.mnist();

        MultiLayerNetwork before = new MultiLayerNetwork(TrainLeNet.lenet());
        before.init();
        time("DL4J", before, data, () -> before.fit(data.train().shuffled(64, 42, 1)));

        MultiLayerNetwork after = new MultiLayerNetwork(TrainLeNet.lenet());
        after.init();
        time("FastTraining", after, data, () -> {
            try (FastTraining training = FastTraining.of(after)) {
                training.fit(data.train().shuffled(64, 42, 1));
            }
        });
    }

    private static void time(String name, MultiLayerNetwork lenet, Datasets data, Runnable epoch) {
        long start = System.nanoTime();
        epoch.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double accuracy = lenet.evaluate(data.test().inOrder(256)).accuracy();
        System.out.printf(
                "%-12s  %5.1f s, last loss %.4f, test accuracy %.2f %%%n",
                name, seconds, lenet.score(), 100 * accuracy);
    }
}
