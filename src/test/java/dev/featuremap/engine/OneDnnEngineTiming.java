package dev.featuremap.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Times LeNet on random pictures; not a test. Arguments: replicas, batch, steps of a round.
 *
 * <p>Prints the medians of seven rounds, the first two left out.
 */
final class OneDnnEngineTiming {
    private static final int ROUNDS = 7;

    private OneDnnEngineTiming() {}

    public static void main(String[] arguments) {
        int replicas = Integer.parseInt(arguments[0]);
        int examples = Integer.parseInt(arguments[1]);
        int steps = Integer.parseInt(arguments[2]);
        MultiLayerNetwork network = TestNetworks.network(TestNetworks.lenet());
        DataSet[] batches = new DataSet[16];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = TestNetworks.batch(examples, 1, 28, 10, i);
        }
        INDArray thousand = TestNetworks.batch(1000, 1, 28, 10, 1).getFeatures();
        INDArray one = TestNetworks.batch(1, 1, 28, 10, 1).getFeatures();
        try (OneDnnEngine engine = new OneDnnEngine(network, replicas)) {
            double training = median(steps, step -> engine.step(batches[step % batches.length], step));
            double inference = median(10, step -> engine.output(thousand));
            double latency = median(2000, step -> engine.output(one));
            System.out.printf(
                    Locale.ROOT,
                    "replicas %d, batch %d: training %.0f images/s, inference at 1000 %.0f images/s, at 1 %.1f us%n",
                    replicas,
                    examples,
                    examples / training,
                    1000 / inference,
                    latency * 1e6);
        }
    }

    /** Seconds of one repetition. */
    private static double median(int repetitions, IntConsumer task) {
        double[] seconds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < repetitions; i++) {
                task.accept(i);
            }
            seconds[round] = (System.nanoTime() - start) / 1e9 / repetitions;
        }
        double[] kept = Arrays.copyOfRange(seconds, 2, ROUNDS);
        Arrays.sort(kept);
        return kept[kept.length / 2];
    }
}
