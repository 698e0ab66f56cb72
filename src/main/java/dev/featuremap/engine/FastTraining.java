package dev.featuremap.engine;

import dev.featuremap.backend.Backend;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.util.OutputLayerUtil;
import org.nd4j.evaluation.IEvaluation;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training of a {@link MultiLayerNetwork} that any program has made, by engine {@code onednn} and with DL4J's own calls:
 *
 * <pre>{@code
 * try (FastTraining training = FastTraining.of(network)) {
 *     training.fit(iterator, epochs);
 * }
 * }</pre>
 *
 * <p>The network has the last step's parameters, updater state, score and counters at any time, also when an exception flies. What is changed in
 * it between two calls counts, and so do learning rates that a listener sets. Its listeners are told what DL4J tells them, in the same order.
 *
 * <p>What the engine lacks, DL4J does instead, and {@link #lacking()} names it. Data that do not fit the network are refused by DL4J's own
 * exceptions.
 *
 * <p>Calls of several threads wait for each other, as those of {@code MultiLayerNetwork.fit} do.
 */
public final class FastTraining implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FastTraining.class);
    /** Batches that DL4J reads ahead. */
    private static final int AHEAD = 2;

    private final MultiLayerNetwork network;
    private final MultiLayerConfiguration configuration;
    /** Null where DL4J does everything. */
    private final OneDnnEngine engine;

    private final Set<String> lacking = new LinkedHashSet<>();
    /** Of the features that DL4J was last seen to take, for one example. */
    private long[] taken = {};

    private boolean closed;

    private FastTraining(MultiLayerNetwork network) {
        this.network = network;
        configuration = network.getLayerWiseConfigurations();
        FaultyHelpers.removeFrom(network);
        Optional<String> unknown = Engines.whyNotOneDnn(configuration);
        unknown.ifPresent(this::leaveToDl4j);
        engine = unknown.isPresent()
                ? null
                : new OneDnnEngine(network, Backend.start().threads());
    }

    /**
     * Opens the engine for a network, with as many threads as ND4J's backend has; a network that is not initialised yet, is.
     *
     * @throws dev.featuremap.Failure (environment) when ND4J has no native that runs here
     */
    public static FastTraining of(MultiLayerNetwork network) {
        Backend.start();
        network.init();
        return new FastTraining(network);
    }

    /**
     * What DL4J has done in the engine's place so far, each once, such as {@code "engine onednn does not know layer 2: LSTM"}; empty where the
     * engine has done all. Each is logged as a warning too.
     */
    public List<String> lacking() {
        return List.copyOf(lacking);
    }

    private void leaveToDl4j(String what) {
        if (lacking.add(what)) {
            LOG.warn("{}; DL4J does it instead", what);
        }
    }

    /** Trains some epochs; of an iterator that cannot be reset, one. */
    public void fit(DataSetIterator iterator, int epochs) {
        if (epochs < 1 || (epochs > 1 && !iterator.resetSupported())) {
            network.fit(iterator, epochs); // refuses in its own words
        }
        for (int epoch = 0; epoch < epochs; epoch++) {
            fit(iterator);
        }
    }

    /** Trains one epoch: all batches that the iterator has, from its beginning where it is at its end. */
    public void fit(DataSetIterator iterator) {
        synchronized (network) { // as DL4J's fit is, for threads that ask the network meanwhile
            if (engineTrains()) {
                fitByEngine(iterator);
            } else {
                network.fit(iterator);
            }
        }
    }

    /** Trains one batch, which is no epoch. */
    public void fit(DataSet batch) {
        synchronized (network) {
            if (engineTrains()) {
                step(batch);
            } else {
                network.fit(batch);
            }
        }
    }

    /** {@code MultiLayerNetwork.fitHelper}, but for the steps. */
    private void fitByEngine(DataSetIterator iterator) {
        DataSetIterator batches = readAhead(iterator);
        try {
            network.getListeners().forEach(listener -> listener.onEpochStart(network));
            if (!batches.hasNext() && batches.resetSupported()) {
                batches.reset();
            }
            long before = System.currentTimeMillis();
            while (batches.hasNext()) {
                DataSet batch = batches.next();
                network.setLastEtlTime(System.currentTimeMillis() - before);
                if (batch.getFeatures() == null || batch.getLabels() == null) {
                    break;
                }
                step(batch);
                before = System.currentTimeMillis();
            }
            network.getListeners().forEach(listener -> listener.onEpochEnd(network));
        } finally {
            endReading(batches, iterator);
        }
        engine.endEpoch();
    }

    private static DataSetIterator readAhead(DataSetIterator iterator) {
        return iterator.asyncSupported() ? new AsyncDataSetIterator(iterator, AHEAD, true) : iterator;
    }

    private static void endReading(DataSetIterator batches, DataSetIterator iterator) {
        if (batches != iterator) {
            ((AsyncDataSetIterator) batches).shutdown();
        }
    }

    private void step(DataSet batch) {
        requireOpen(); // a listener may have closed it
        if (!engineTakes(batch)) {
            network.fit(batch);
            engine.reload();
            return;
        }
        network.setInput(batch.getFeatures());
        network.setLabels(batch.getLabels());
        int iteration = configuration.getIterationCount();
        engine.step(batch, StepSeed.of(network.getDefaultConfiguration().getSeed(), iteration));
        if (!network.getListeners().isEmpty()) {
            tell(iteration);
        }
    }

    /** DL4J counts the iteration after it has told of it. */
    private void tell(int iteration) {
        var updater = network.getUpdater();
        configuration.setIterationCount(iteration);
        for (TrainingListener listener : network.getListeners()) {
            listener.iterationDone(network, iteration, configuration.getEpochCount());
        }
        configuration.setIterationCount(configuration.getIterationCount() + 1);
        if (network.getUpdater() != updater) { // a listener has set a learning rate
            engine.reload();
        }
    }

    /** Whether the engine trains; brings it up to what the network is now. */
    private boolean engineTrains() {
        boolean told = true;
        for (TrainingListener listener : network.getListeners()) {
            Optional<String> untold = ListenerCalls.untold(listener);
            untold.ifPresent(call -> leaveToDl4j("engine onednn cannot call " + call));
            told &= untold.isEmpty();
        }
        return isOpenAndCurrent() && told;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this training is closed; the network has all of it");
        }
    }

    private boolean isOpenAndCurrent() {
        requireOpen();
        if (engine != null) {
            engine.reload();
        }
        return engine != null;
    }

    private boolean engineTakes(DataSet batch) {
        Optional<String> unknown = engine.unsupported(batch);
        unknown.ifPresent(what -> leaveToDl4j("engine onednn does not know " + what));
        if (unknown.isEmpty()) {
            requireFitting(batch.getFeatures());
        }
        return unknown.isEmpty();
    }

    /** Has DL4J look at an example of a new shape, so that what does not fit the network is refused as DL4J refuses it. */
    private void requireFitting(INDArray features) {
        long[] example = features.shape().clone();
        example[0] = 1;
        if (!Arrays.equals(example, taken)) {
            network.output(Nd4j.zeros(features.dataType(), example), false);
            taken = example;
        }
    }

    /** The outputs {@code [n, outputs]} for features, without training. */
    public INDArray output(INDArray features) {
        synchronized (network) {
            if (!isOpenAndCurrent()) {
                return network.output(features, false);
            }
            requireFitting(features);
            return engine.output(features);
        }
    }

    /** Precision, recall, F1 and the confusion matrix of a classifier. */
    public Evaluation evaluate(DataSetIterator iterator) {
        if (configuration.isValidateOutputLayerConfig()) {
            OutputLayerUtil.validateOutputLayerForClassifierEvaluation(
                    network.getOutputLayer().conf().getLayer(), Evaluation.class);
        }
        Evaluation evaluation = new Evaluation(labels(iterator));
        doEvaluation(iterator, evaluation);
        return evaluation;
    }

    private static List<String> labels(DataSetIterator iterator) {
        try {
            return iterator.getLabels();
        } catch (RuntimeException e) { // as DL4J does: many iterators have none, each in its way
            return null;
        }
    }

    /** Gives outputs and labels of all batches to evaluations of any kind. */
    public void doEvaluation(DataSetIterator iterator, IEvaluation<?>... evaluations) {
        synchronized (network) {
            if (isOpenAndCurrent()) {
                evaluateByEngine(iterator, evaluations);
            } else {
                network.doEvaluation(iterator, evaluations);
            }
        }
    }

    private void evaluateByEngine(DataSetIterator iterator, IEvaluation<?>... evaluations) {
        if (!iterator.hasNext() && iterator.resetSupported()) {
            iterator.reset();
        }
        DataSetIterator batches = readAhead(iterator);
        try {
            while (batches.hasNext()) {
                DataSet batch = batches.next();
                if (batch.getFeatures() != null && batch.getLabels() != null) {
                    evaluate(batch, evaluations);
                }
            }
        } finally {
            endReading(batches, iterator);
        }
    }

    private void evaluate(DataSet batch, IEvaluation<?>[] evaluations) {
        INDArray outputs = engineTakes(batch)
                ? engine.output(batch.getFeatures())
                : network.output(batch.getFeatures(), false, batch.getFeaturesMaskArray(), batch.getLabelsMaskArray());
        for (IEvaluation<?> evaluation : evaluations) {
            evaluation.eval(batch.getLabels(), outputs, batch.getLabelsMaskArray(), batch.getExampleMetaData());
        }
    }

    /**
     * Frees the engine's memory and threads, once what another thread has begun to train is trained; the network stays usable.
     */
    @Override
    public void close() {
        synchronized (network) {
            if (engine != null) {
                engine.close();
            }
            closed = true;
        }
    }
}
