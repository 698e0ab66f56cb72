package dev.featuremap.bench.engines;

import dev.featuremap.bench.Network;
import dev.featuremap.bench.Worker;
import dev.featuremap.bench.stock.Nd4jContestant;
import dev.featuremap.engine.FastTraining;
import java.io.IOException;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** {@code StockWorker} as it is after the two lines of {@link FastTraining}. */
public final class FastTrainingWorker extends Nd4jContestant {
    private final FastTraining training;

    private FastTrainingWorker(Network network, Path home) {
        super(network);
        training = FastTraining.of(load(network, home));
    }

    public static void main(String[] arguments) throws IOException {
        Worker.run(FastTrainingWorker::new, arguments);
    }

    @Override
    protected void train(DataSet batch) {
        training.fit(batch);
    }

    @Override
    protected INDArray output(INDArray features) {
        return training.output(features);
    }

    @Override
    public void close() {
        super.close();
        training.close();
    }
}
