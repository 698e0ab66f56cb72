package dev.featuremap.bench.engines;

import dev.featuremap.Logging;
import dev.featuremap.data.BatchMemory;
import dev.featuremap.data.Datasets;
import dev.featuremap.data.ExampleSet;
import dev.featuremap.data.DataFolder;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.network.NetworkBuilder;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.EngineLearner;
import dev.featuremap.train.OpenedData;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * What it costs to vary MNIST's training pictures: microseconds that the thread that reads is at work for one; and images per second of
 * {@code mnist-lenet}'s training, batches read as it reads them. All ways in turn each round; medians, and the extremes; ratios
 * are those of a round.
 */
public final class AugmentationCost {
    /** Tells the time a thread is at work, whatever else the machine does. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final int READ = 12_800;
    private static final int STEPS = 200;

    private final Experiment experiment;
    private final String name;
    private final ExampleSet examples;
    private final EngineLearner learner;
    private int epoch;
    private long steps;

    private AugmentationCost(Workspace workspace, String name, String augment) {
        this.name = name;
        DataFolder folder = DataFolder.in(workspace.data());
        experiment = ExperimentFile.read(
                workspace.home().resolve("conf/experiment/mnist-lenet.yaml"),
                List.of("data.augment={" + augment + "}", "data.trainExamples=" + READ));
        Datasets data = Datasets.open(experiment.data(), experiment.seed(), folder);
        examples = data.train();
        MultiLayerNetwork network = NetworkBuilder.network(NetworkBuilder.configuration(experiment, data.shape()));
        learner = OpenedData.of(experiment, folder).learner(network, Optional.empty());
    }

    /** @param arguments how many rounds */
    public static void main(String[] arguments) {
        Logging.configure();
        Workspace workspace = Workspace.current();
        String affine = "rotation: 12, shift: 2, scale: 0.12, shear: 8";
        String elastic = affine + ", elastic: {alpha: 30}";
        String all = elastic + ", erase: 0.1, flip: horizontal, brightness: 0.1, contrast: 0.1, noise: 0.05";
        List<AugmentationCost> ways = List.of(
                new AugmentationCost(workspace, "as they are", ""),
                new AugmentationCost(workspace, "affine", affine),
                new AugmentationCost(workspace, "affine and elastic", elastic),
                new AugmentationCost(workspace, "everything", all));
        int rounds = Integer.parseInt(arguments[0]);
        List<double[]> read = new ArrayList<>();
        List<double[]> trained = new ArrayList<>();
        for (int round = -1; round < rounds; round++) { // the first one warms up
            double[] microseconds =
                    ways.stream().mapToDouble(AugmentationCost::microseconds).toArray();
            double[] speeds =
                    ways.stream().mapToDouble(AugmentationCost::imagesPerSecond).toArray();
            if (round >= 0) {
                read.add(microseconds);
                trained.add(speeds);
            }
        }
        for (int i = 0; i < ways.size(); i++) {
            int way = i;
            System.out.printf(
                    Locale.ROOT,
                    "%-18s  read: %s us a picture  trained: %s images/s, %s of as they are%n",
                    ways.get(i).name,
                    told("%.1f", read.stream().mapToDouble(round -> round[way]).toArray()),
                    told("%.0f", trained.stream().mapToDouble(round -> round[way]).toArray()),
                    told(
                            "%.3f",
                            trained.stream()
                                    .mapToDouble(round -> round[way] / round[0])
                                    .toArray()));
        }
        ways.forEach(way -> way.learner.close());
    }

    private static String told(String format, double[] all) {
        String pattern = format + " (" + format + "–" + format + ")";
        return String.format(Locale.ROOT, pattern, new Median().evaluate(all), StatUtils.min(all), StatUtils.max(all));
    }

    private double microseconds() {
        long start = CLOCK.getCurrentThreadCpuTime();
        DataSetIterator batches = examples.augmented(experiment.data().augment(), experiment.seed(), epoch)
                .shuffled(experiment.training().batchSize(), experiment.seed(), epoch);
        batches.forEachRemaining(BatchMemory::free);
        return (CLOCK.getCurrentThreadCpuTime() - start) / 1e3 / READ;
    }

    private double imagesPerSecond() {
        epoch++;
        long start = System.nanoTime();
        for (int batch = 0; batch < STEPS; batch++) {
            learner.train(epoch, batch, steps++);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        learner.endEpoch();
        return STEPS * experiment.training().batchSize() / seconds;
    }
}
