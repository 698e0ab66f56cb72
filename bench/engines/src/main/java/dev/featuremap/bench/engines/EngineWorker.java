package dev.featuremap.bench.engines;

import dev.featuremap.Logging;
import dev.featuremap.backend.Backend;
import dev.featuremap.bench.Network;
import dev.featuremap.bench.Worker;
import dev.featuremap.bench.stock.Nd4jContestant;
import dev.featuremap.engine.Engine;
import dev.featuremap.engine.Nd4jEngine;
import dev.featuremap.engine.OneDnnEngine;
import dev.featuremap.experiment.TrainingSpec;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * This project's engine named by {@code -Dbench.engine}, {@code nd4j} or {@code onednn}, on {@code -Dbench.threads}; training in bf16 with
 * {@code -Dbench.bf16=true}.
 */
public final class EngineWorker extends Nd4jContestant {
    private final Engine engine;
    private long steps;

    private EngineWorker(Network network, Path home) {
        super(network);
        Backend.start();
        engine = engine(load(network, home));
    }

    private static Engine engine(MultiLayerNetwork network) {
        String name = System.getProperty("bench.engine", "");
        return switch (name) {
            case "nd4j" -> new Nd4jEngine(network);
            case "onednn" ->
                new OneDnnEngine(
                        network,
                        Integer.getInteger("bench.threads"),
                        Boolean.getBoolean("bench.bf16") ? TrainingSpec.Precision.BF16 : TrainingSpec.Precision.F32);
            default -> throw new IllegalArgumentException("bench.engine is " + name);
        };
    }

    public static void main(String[] arguments) throws IOException {
        Logging.configure();
        Worker.run(EngineWorker::new, arguments);
    }

    @Override
    protected void train(DataSet batch) {
        engine.step(batch, steps++);
    }

    @Override
    protected INDArray output(INDArray features) {
        return engine.output(features);
    }

    @Override
    public void close() {
        super.close();
        engine.close();
    }
}
