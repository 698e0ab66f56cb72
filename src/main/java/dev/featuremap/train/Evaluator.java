package dev.featuremap.train;

import dev.featuremap.engine.Engine;
import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.run.Scores;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Scores a network on examples, in one pass over them, with DL4J's own evaluations. */
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
        RegressionEvaluation distance = new RegressionEvaluation(shape.outputs());
        Evaluation classes = new Evaluation(Math.max(2, shape.outputs()));
        long examples = 0;
        double loss = 0;
        while (batches.hasNext()) {
            beforeEach.run();
            DataSet batch = batches.next();
            Engine.Scored scored = engine.score(batch.getFeatures(), batch.getLabels());
            long count = batch.getFeatures().size(0);
            loss += scored.loss() * count;
            examples += count;
            INDArray labels = signedLabels ? batch.getLabels().add(1).divi(2) : batch.getLabels();
            distance.eval(labels.castTo(DataType.DOUBLE), scored.outputs().castTo(DataType.DOUBLE));
            if (shape.label() == LabelMode.CLASS) {
                classes.eval(labels, scored.outputs());
            }
            Batches.close(batch);
        }
        boolean isClass = shape.label() == LabelMode.CLASS;
        return new Scores(
                examples,
                loss / examples,
                isClass ? classes.accuracy() : null,
                distance.averageMeanSquaredError(),
                distance.averageMeanAbsoluteError(),
                isClass ? null : distance.averageRSquared(),
                isClass ? confusion(classes) : null,
                isClass ? classScores(classes) : null);
    }

    private List<List<Integer>> confusion(Evaluation evaluation) {
        List<List<Integer>> rows = new ArrayList<>();
        for (int actual = 0; actual < shape.outputs(); actual++) {
            List<Integer> row = new ArrayList<>();
            for (int predicted = 0; predicted < shape.outputs(); predicted++) {
                row.add(evaluation.getConfusionMatrix().getCount(actual, predicted));
            }
            rows.add(row);
        }
        return rows;
    }

    private List<Scores.ClassScores> classScores(Evaluation evaluation) {
        List<Scores.ClassScores> scores = new ArrayList<>();
        for (int i = 0; i < shape.outputs(); i++) {
            scores.add(new Scores.ClassScores(
                    shape.classNames().get(i),
                    evaluation.getConfusionMatrix().getActualTotal(i),
                    evaluation.precision(i, 0),
                    evaluation.recall(i, 0),
                    evaluation.f1(i)));
        }
        return scores;
    }
}
