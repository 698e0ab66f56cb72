package dev.featuremap.train;

import dev.featuremap.engine.Engine;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.run.Scores;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Scores a network on examples, in one pass over them. */
public final class Evaluator {
    /** Examples per forward pass: enough to keep the native busy, few enough for small memories. */
    public static final int BATCH_SIZE = 256;

    private final DataShape shape;
    private final boolean signedLabels;

    /**
     * An evaluator for one data set.
     *
     * @param signedLabels whether class labels come as −1 and +1 (hinge losses) instead of 0 and 1
     */
    public Evaluator(DataShape shape, boolean signedLabels) {
        this.shape = shape;
        this.signedLabels = signedLabels;
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
            INDArray labels = signedLabels ? batch.getLabels().add(1).divi(2) : batch.getLabels();
            sums.add(
                    labels.toFloatMatrix(),
                    scored.outputs().castTo(DataType.FLOAT).toFloatMatrix(),
                    scored.loss());
            Batches.close(batch);
        }
        return sums.scores();
    }
}
