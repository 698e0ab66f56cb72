package dev.featuremap.engine;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * How a network is stepped. The network given to an engine belongs to it until {@link #close()}.
 *
 * <p>Not safe for use by several threads at once.
 */
public sealed interface Engine extends AutoCloseable permits Nd4jEngine, OneDnnEngine {
    /** The name as it stands in an experiment file, such as {@code nd4j}. */
    String name();

    /**
     * Trains one step.
     *
     * @param batch features {@code [n, channels, height, width]} and labels {@code [n, outputs]}
     * @param seed of everything random in this step (dropout), see {@link StepSeed}
     * @return the batch's loss before the step, regularisation included; may be NaN or infinite, which is the caller's to see
     */
    double step(DataSet batch, long seed);

    /**
     * Takes the parameters into an average of them.
     *
     * @param step that they are of, counted from 1
     */
    void addTo(WeightAverage average, long step);

    /** Counts an epoch, for learning-rate schedules by epoch and for whoever resumes the network. */
    void endEpoch();

    /**
     * Evaluates without training: dropout is off, running statistics stand still.
     *
     * @param features {@code [n, channels, height, width]}
     * @param labels {@code [n, outputs]}
     */
    Scored score(INDArray features, INDArray labels);

    /** The outputs {@code [n, outputs]} for {@code features}, without training. */
    INDArray output(INDArray features);

    /** The network with parameters, updater state and counters as of the last step. */
    MultiLayerNetwork network();

    /** To be called where parameters, updater, its state or counters of {@link #network()} were changed by others. */
    void reload();

    /** Frees native memory that the engine took; {@link #network()} stays usable and current. */
    @Override
    void close();

    /**
     * Outputs {@code [n, outputs]} and their loss.
     *
     * @param loss mean over the examples, without regularisation
     */
    record Scored(INDArray outputs, double loss) {}
}
