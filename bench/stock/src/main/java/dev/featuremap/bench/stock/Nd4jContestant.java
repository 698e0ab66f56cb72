package dev.featuremap.bench.stock;

import dev.featuremap.bench.Contestant;
import dev.featuremap.bench.Mnist;
import dev.featuremap.bench.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What a contestant whose batches are DL4J's {@code DataSet}s needs. */
public abstract class Nd4jContestant implements Contestant {
    private final Network network;
    private final List<DataSet> batches = new ArrayList<>();

    protected Nd4jContestant(Network network) {
        this.network = network;
    }

    /** A network as its file has it, freshly initialised from its seed. */
    protected static MultiLayerNetwork load(Network network, Path home) {
        Path file = home.resolve(network.file());
        try {
            MultiLayerNetwork loaded = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(Files.readString(file)));
            loaded.init();
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Trains one batch. */
    protected abstract void train(DataSet batch);

    /** The outputs {@code [n, outputs]}. */
    protected abstract INDArray output(INDArray features);

    @Override
    public void prepare(Mnist examples, int batchSize) {
        close(batches);
        int outputs = network.classifies() ? Mnist.CLASSES : 1;
        for (int first = 0; first + batchSize <= examples.size(); first += batchSize) {
            INDArray features = Nd4j.createFromArray(examples.pixels(first, batchSize));
            INDArray labels = Nd4j.createFromArray(examples.targets(network, first, batchSize));
            batches.add(new DataSet(features.reshape(batchSize, 1, 28, 28), labels.reshape(batchSize, outputs)));
        }
    }

    private static void close(List<DataSet> batches) {
        for (DataSet batch : batches) {
            batch.getFeatures().close();
            batch.getLabels().close();
        }
        batches.clear();
    }

    @Override
    public void train(int batch) {
        train(batches.get(batch));
    }

    @Override
    public void infer(int batch) {
        output(batches.get(batch).getFeatures()).close();
    }

    @Override
    public int correct(int batch) {
        DataSet examples = batches.get(batch);
        INDArray answers = output(examples.getFeatures()).argMax(1);
        INDArray labels = examples.getLabels().argMax(1);
        int correct = 0;
        for (int i = 0; i < labels.length(); i++) {
            correct += answers.getInt(i) == labels.getInt(i) ? 1 : 0;
        }
        return correct;
    }

    @Override
    public Runnable multiplication(int size) {
        INDArray a = Nd4j.rand(size, size);
        INDArray product = Nd4j.create(size, size);
        return () -> a.mmuli(a, product);
    }

    @Override
    public void close() {
        close(batches);
    }
}
