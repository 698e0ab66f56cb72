package dev.featuremap.bench.stock;

import dev.featuremap.bench.Network;
import dev.featuremap.bench.Worker;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J M2.1 as a newcomer gets it. */
public final class StockWorker extends Nd4jContestant {
    private final MultiLayerNetwork network;

    private StockWorker(Network network, Path home) {
        super(network);
        this.network = load(network, home);
    }

    public static void main(String[] arguments) throws IOException {
        Worker.run(StockWorker::new, arguments);
    }

    @Override
    protected void train(DataSet batch) {
        network.fit(batch);
    }

    @Override
    protected INDArray output(INDArray features) {
        return network.output(features, false);
    }
}
