package dev.featuremap.bench;

import dev.featuremap.backend.Backend;
import dev.featuremap.data.BatchMemory;
import dev.featuremap.data.DataFolder;
import dev.featuremap.data.Datasets;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.Engines;
import dev.featuremap.engine.StepSeed;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.TrainingSpec;
import dev.featuremap.network.NetworkBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** How many examples per second each engine trains of one experiment: nothing is kept of what is trained. */
public final class Throughput {
    /** Batches that are stepped again and again; decoding them is not measured. */
    private static final int BATCHES = 16;

    private final Experiment experiment;
    private final Datasets data;
    private final MultiLayerConfiguration configuration;
    private final int threads;

    private Throughput(Experiment experiment, DataFolder dataFolder) {
        this.experiment = experiment;
        threads = Backend.start().threads();
        Datasets opened = Datasets.open(experiment.data(), experiment.seed(), dataFolder);
        configuration = NetworkBuilder.configuration(
                experiment.withClassCounts(opened.train().classCounts()), opened.shape());
        data = opened.withLabels(NetworkBuilder.wantsSignedLabels(configuration));
    }

    /**
     * Times the engines in turn, so that whatever else the machine does meets both.
     *
     * @param rounds turns of each engine, after one that warms up
     * @param secondsPerTurn a turn's length; it is at least one step
     */
    public static Result measure(Experiment experiment, DataFolder dataFolder, int rounds, double secondsPerTurn) {
        return new Throughput(experiment, dataFolder).measure(rounds, secondsPerTurn);
    }

    private Result measure(int rounds, double secondsPerTurn) {
        Optional<String> withoutOneDnn = Engines.whyNotOneDnn(configuration);
        List<DataSet> batches = batches();
        List<Engine> engines = new ArrayList<>();
        try {
            engines.add(Engines.open(
                    TrainingSpec.Engine.ND4J, TrainingSpec.Precision.F32, NetworkBuilder.network(configuration)));
            if (withoutOneDnn.isEmpty()) {
                engines.add(Engines.open(
                        TrainingSpec.Engine.ONEDNN,
                        experiment.training().precision(),
                        NetworkBuilder.network(configuration)));
            }
            double[][] speeds = new double[engines.size()][rounds];
            for (int round = -1; round < rounds; round++) {
                for (int i = 0; i < engines.size(); i++) {
                    double speed = turn(engines.get(i), batches, secondsPerTurn);
                    if (round >= 0) {
                        speeds[i][round] = speed;
                    }
                }
            }
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < engines.size(); i++) {
                rows.add(Row.of(engines.get(i).name(), speeds[i], speeds[0]));
            }
            return new Result(
                    experiment.name(),
                    experiment.training().batchSize(),
                    threads,
                    rounds,
                    rows,
                    withoutOneDnn.orElse(null));
        } finally {
            engines.forEach(Engine::close);
            batches.forEach(BatchMemory::free);
        }
    }

    private List<DataSet> batches() {
        DataSetIterator iterator = data.train().shuffled(experiment.training().batchSize(), experiment.seed(), 1);
        List<DataSet> batches = new ArrayList<>();
        while (iterator.hasNext() && batches.size() < BATCHES) {
            batches.add(iterator.next());
        }
        return batches;
    }

    /** Examples per second. */
    private double turn(Engine engine, List<DataSet> batches, double seconds) {
        long start = System.nanoTime();
        long examples = 0;
        double elapsed;
        int step = 0;
        do {
            DataSet batch = batches.get(step % batches.size());
            engine.step(batch, StepSeed.of(experiment.seed(), step));
            examples += batch.getFeatures().size(0);
            step++;
            elapsed = (System.nanoTime() - start) / 1e9;
        } while (elapsed < seconds);
        return examples / elapsed;
    }

    /**
     * What was measured.
     *
     * @param rows one per engine, nd4j first
     * @param withoutOneDnn why engine onednn has no row, or null
     */
    public record Result(String name, int batchSize, int threads, int rounds, List<Row> rows, String withoutOneDnn) {}

    /**
     * One engine's speed.
     *
     * @param examplesPerSecond median over the rounds
     * @param toNd4j median of the ratios to engine nd4j in the same round
     */
    public record Row(String engine, double examplesPerSecond, double least, double most, double toNd4j) {
        static Row of(String engine, double[] speeds, double[] nd4j) {
            double[] ratios = new double[speeds.length];
            Arrays.setAll(ratios, i -> speeds[i] / nd4j[i]);
            return new Row(
                    engine,
                    new Median().evaluate(speeds),
                    StatUtils.min(speeds),
                    StatUtils.max(speeds),
                    new Median().evaluate(ratios));
        }
    }
}
