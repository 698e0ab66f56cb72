package dev.featuremap.engine;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's own layers on ND4J's backend. */
public final class Nd4jEngine implements Engine {
    private final MultiLayerNetwork network;

    /** @param network whose layers do without faulty helpers from now on */
    public Nd4jEngine(MultiLayerNetwork network) {
        FaultyHelpers.removeFrom(network);
        this.network = network;
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public double step(DataSet batch, long seed) {
        Nd4j.getRandom().setSeed(seed);
        network.fit(batch);
        return network.score();
    }

    @Override
    public void endEpoch() {
        network.incrementEpochCount();
    }

    /**
     * One forward pass, its loss worked out from the outputs: {@code MultiLayerNetwork.score} would make a second one, and
     * {@code feedForwardToLayer} loses native memory the size of a convolution's output each time.
     */
    @Override
    public Scored score(INDArray features, INDArray labels) {
        INDArray outputs = output(features);
        return new Scored(outputs, OutputLoss.of(network).mean(outputs, labels));
    }

    @Override
    public INDArray output(INDArray features) {
        return network.output(features, false);
    }

    @Override
    public MultiLayerNetwork network() {
        return network;
    }

    @Override
    public void reload() {}

    @Override
    public void close() {}
}
