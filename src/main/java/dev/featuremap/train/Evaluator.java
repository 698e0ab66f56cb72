package dev.featuremap.train;

import dev.featuremap.data.BatchMemory;
import dev.featuremap.engine.Engine;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.run.Scores;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Scores a network on examples, in one pass over them. */
public final class Evaluator {
    /** Examples per forward pass: enough to keep the native busy, few enough for small memories. */
    public static final int BATCH_SIZE = 256;

    private final DataShape shape;

    /** An evaluator for data of one shape. */
    public Evaluator(DataShape shape) {
        this.shape = shape;
    }

    /** Scores what the engine answers to all of {@code batches}. */
    public Scores score(Engine engine, DataSetIterator batches) {
        return score(engine, batches, () -> {});
    }

    /** As {@link #score(Engine, DataSetIterator)}, with something to do before each batch. */
    Scores score(Engine engine, DataSetIterator batches, Runnable beforeEach) {
        ScoreSums sums = new ScoreSums(shape);
        while (batches.hasNext()) {
            beforeEach.run();
            DataSet batch = batches.next();
            Engine.Scored scored = engine.score(batch.getFeatures(), batch.getLabels());
            sums.add(rows(batch.getLabels()), rows(scored.outputs()), scored.loss());
            BatchMemory.free(batch);
        }
        return sums.scores();
    }

    /** A matrix's rows. ND4J's {@code toFloatMatrix} makes an array for each, which takes longer than the network's answer. */
    static float[][] rows(INDArray matrix) {
        float[] values = matrix.castTo(DataType.FLOAT).dup('c').data().asFloat();
        float[][] rows = new float[(int) matrix.size(0)][];
        int columns = (int) matrix.size(1);
        Arrays.setAll(rows, row -> Arrays.copyOfRange(values, row * columns, (row + 1) * columns));
        return rows;
    }
}
