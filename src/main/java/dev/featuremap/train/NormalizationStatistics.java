package dev.featuremap.train;

import dev.featuremap.data.BatchMemory;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.NetworkState;
import dev.featuremap.engine.StepSeed;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The means and variances that batch normalisations find where a network's weights are an average, measured anew on training batches
 * (Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima and Better Generalization", section 3.2).
 *
 * <p>Those that training left belong to other weights, and so does the average of them: that of a channel which is silent for most
 * examples moved by as much as its standard deviation within an average's steps.
 */
final class NormalizationStatistics implements AutoCloseable {
    private final MultiLayerNetwork network;
    private final Engine engine;
    private final List<Layer> layers;

    private NormalizationStatistics(MultiLayerNetwork network, Engine engine) {
        this.network = network;
        this.engine = engine;
        this.layers = layers(network);
    }

    /**
     * For networks of the configuration of {@code like}; empty where it normalises no batches.
     *
     * @param opening makes the engine that looks at the batches
     */
    static Optional<NormalizationStatistics> of(MultiLayerNetwork like, Function<MultiLayerNetwork, Engine> opening) {
        if (layers(like).isEmpty()) {
            return Optional.empty();
        }
        MultiLayerNetwork network = like.clone();
        for (Layer layer : layers(network)) {
            // What a step leaves is then the batch's own.
            BatchNormalization configuration = (BatchNormalization) layer.conf().getLayer();
            configuration.setDecay(0);
            configuration.setGradientNormalization(GradientNormalization.None);
        }
        return Optional.of(new NormalizationStatistics(network, opening.apply(network)));
    }

    private static List<Layer> layers(MultiLayerNetwork network) {
        return Arrays.stream(network.getLayers())
                .filter(layer -> layer.conf().getLayer() instanceof BatchNormalization)
                .toList();
    }

    /**
     * Puts the statistics of {@code batches}, taken together, into a network, whose weights stay.
     *
     * @param batches at least one, which are freed
     * @param seed of dropout, which differs from batch to batch
     */
    void measure(MultiLayerNetwork averaged, Iterator<DataSet> batches, long seed) {
        NetworkState state = NetworkState.of(averaged);
        List<Moments> moments = layers.stream().map(Moments::new).toList();
        for (int number = 0; batches.hasNext(); number++) {
            DataSet batch = batches.next();
            state.writeTo(network);
            moments.forEach(Moments::clear);
            engine.reload();
            engine.step(batch, StepSeed.of(seed, number));
            moments.forEach(one -> one.add(batch.numExamples()));
            BatchMemory.free(batch);
        }
        List<Layer> to = layers(averaged);
        for (int i = 0; i < to.size(); i++) {
            moments.get(i).writeTo(to.get(i));
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Sums over examples of each channel's mean, and of its square's. */
    private static final class Moments {
        private final Layer from;
        private final double[] sums;
        private final double[] squares;
        private long examples;

        Moments(Layer from) {
            this.from = from;
            int channels = Math.toIntExact(mean(from).length());
            sums = new double[channels];
            squares = new double[channels];
        }

        /** A step adds the difference to what was there, whose last bits must not depend on that. */
        void clear() {
            mean(from).assign(0);
            spread(from).assign(0);
        }

        void add(int count) {
            double[] means = mean(from).toDoubleVector();
            double[] spreads = spread(from).toDoubleVector();
            for (int c = 0; c < sums.length; c++) {
                double variance = isLogarithm(from) ? Math.pow(10, 2 * spreads[c]) : spreads[c];
                sums[c] += count * means[c];
                squares[c] += count * (variance + means[c] * means[c]);
            }
            examples += count;
        }

        void writeTo(Layer layer) {
            for (int c = 0; c < sums.length; c++) {
                double mean = sums[c] / examples;
                double variance = Math.max(Float.MIN_NORMAL, squares[c] / examples - mean * mean);
                mean(layer).putScalar(c, mean);
                spread(layer).putScalar(c, isLogarithm(layer) ? Math.log10(variance) / 2 : variance);
            }
        }

        private static INDArray mean(Layer layer) {
            return layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
        }

        private static INDArray spread(Layer layer) {
            return layer.getParam(
                    isLogarithm(layer)
                            ? BatchNormalizationParamInitializer.GLOBAL_LOG_STD
                            : BatchNormalizationParamInitializer.GLOBAL_VAR);
        }

        private static boolean isLogarithm(Layer layer) {
            return ((BatchNormalization) layer.conf().getLayer()).isUseLogStd();
        }
    }
}
