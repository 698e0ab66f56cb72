package dev.featuremap.engine;

import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's own layers on ND4J's backend. */
public final class Nd4jEngine implements Engine {
    /** Floats in memory for each value that a layer gives, measured with convolutions; JavaCPP counts none of them. */
    private static final int FLOATS_IN_TRAINING = 7;

    private static final int FLOATS_IN_INFERENCE = 3;

    private final MultiLayerNetwork network;
    /** The most examples that were found to fit, in training and otherwise. */
    private int fittingInTraining;

    private int fitting;

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
        if (batch.getFeatures().size(0) > fittingInTraining) {
            fittingInTraining = refuseTooLarge(batch.getFeatures(), FLOATS_IN_TRAINING);
        }
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
        if (features.size(0) > fitting) {
            fitting = refuseTooLarge(features, FLOATS_IN_INFERENCE);
        }
        return network.output(features, false);
    }

    /**
     * Works out of the layers' shapes whether a batch fits, because nobody counts what DL4J takes before it is too late.
     *
     * @return its examples
     * @throws Failure (environment) when it does not
     */
    private int refuseTooLarge(INDArray features, int floatsPerValue) {
        long perExample = valuesPerExample(features) * floatsPerValue * Float.BYTES;
        int examples = (int) features.size(0);
        if (examples * perExample > Pointer.maxBytes()) {
            throw TooLargeBatch.failure(
                    name(),
                    examples,
                    Pointer.maxBytes() / perExample,
                    new OutOfMemoryError("it wants about " + ((examples * perExample) >> 20) + " MiB"));
        }
        return examples;
    }

    /** Values that all layers give together; 1 where the input is no pictures. */
    private long valuesPerExample(INDArray features) {
        if (features.rank() != 4) {
            return 1;
        }
        MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
        InputType type = InputType.convolutional(features.size(2), features.size(3), features.size(1));
        long values = 0;
        for (int i = 0; i < configuration.getConfs().size(); i++) {
            InputPreProcessor preProcessor = configuration.getInputPreProcess(i);
            type = configuration
                    .getConf(i)
                    .getLayer()
                    .getOutputType(i, preProcessor == null ? type : preProcessor.getOutputType(type));
            values += type.arrayElementsPerExample();
        }
        return values;
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
