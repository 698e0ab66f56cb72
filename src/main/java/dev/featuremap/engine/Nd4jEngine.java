package dev.featuremap.engine;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** DL4J's own layers on ND4J's backend. */
public final class Nd4jEngine implements Engine {
    /** Floats in memory for each value that a layer gives, measured with convolutions; JavaCPP counts none of them. */
    private static final int FLOATS_IN_TRAINING = 7;

    private static final int FLOATS_IN_INFERENCE = 3;

    private final MultiLayerNetwork network;
    /** @param network whose layers do without faulty helpers from now on */
    public Nd4jEngine(MultiLayerNetwork network) {
        FaultyHelpers.removeFrom(network);
        FaultyLayers.mend(network);
        ParameterOrder.mend(network);
        this.network = network;
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public double step(DataSet batch, long seed) {
        INDArray features = batch.getFeatures();
        refuseTooLarge(features.size(0), bytesPerExample(features, FLOATS_IN_TRAINING));
        Nd4j.getRandom().setSeed(seed);
        network.fit(batch);
        return network.score();
    }

    @Override
    public void addTo(WeightAverage average, long step) {
        average.add(NativeFloats.bufferOf(network.params()), step, 0, 1);
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

    /** Examples that do not fit into memory together go through in parts: in inference none depends on another. */
    @Override
    public INDArray output(INDArray features) {
        long bytesPerExample = bytesPerExample(features, FLOATS_IN_INFERENCE);
        refuseTooLarge(1, bytesPerExample);
        long examples = features.size(0);
        long fitting = Pointer.maxBytes() / bytesPerExample;
        if (examples <= fitting) {
            return network.output(features, false);
        }
        List<INDArray> parts = new ArrayList<>();
        for (long from = 0; from < examples; from += fitting) {
            INDArray part = features.get(NDArrayIndex.interval(from, Math.min(examples, from + fitting)));
            parts.add(network.output(part, false));
        }
        return Nd4j.concat(0, parts.toArray(INDArray[]::new));
    }

    /**
     * Refuses a batch by its layers' shapes, because nobody counts what DL4J takes before it is too late.
     *
     * @throws dev.featuremap.Failure (environment) when it does not fit into memory
     */
    private void refuseTooLarge(long examples, long bytesPerExample) {
        if (examples * bytesPerExample > Pointer.maxBytes()) {
            throw TooLargeBatch.failure(
                    name(),
                    (int) examples,
                    Pointer.maxBytes() / bytesPerExample,
                    new OutOfMemoryError("it wants about " + ((examples * bytesPerExample) >> 20) + " MiB"));
        }
    }

    private long bytesPerExample(INDArray features, int floatsPerValue) {
        return valuesPerExample(features) * floatsPerValue * Float.BYTES;
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
