package dev.featuremap.train;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.LabelMode;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.Scores;
import java.util.Arrays;
import java.util.List;

/**
 * What scores are made of, summed example by example in float64, so that how many come in one batch changes nothing.
 *
 * <p>DL4J's {@code RegressionEvaluation} is not used: ND4J's absolute sum over a dimension of length 1 keeps the sign, which makes
 * the mean absolute error of a batch of one example wrong.
 */
final class ScoreSums {
    private final DataShape shape;
    private final int[][] confusion;
    private long examples;
    private double loss;
    private double squares;
    private double distances;
    private double labelMean;
    /** Σ(label − mean label)² of values, by Welford's recurrence (1962), which loses no digits to a large mean. */
    private double labelSquares;

    ScoreSums(DataShape shape) {
        this.shape = shape;
        this.confusion = new int[shape.outputs()][shape.outputs()];
    }

    /**
     * Takes a batch in.
     *
     * @param labels {@code [n, outputs]}, of classes 1 for an example's own; what others have, 0 or −1, changes nothing
     * @param outputs {@code [n, outputs]}
     * @param meanLoss of these examples
     */
    void add(float[][] labels, float[][] outputs, double meanLoss) {
        for (int i = 0; i < labels.length; i++) {
            add(labels[i], outputs[i]);
        }
        loss += meanLoss * labels.length;
    }

    private void add(float[] label, float[] output) {
        examples++;
        for (int k = 0; k < label.length; k++) {
            double expected = isOfClasses() ? Math.max(0, label[k]) : label[k];
            double difference = expected - output[k];
            squares += difference * difference;
            distances += Math.abs(difference);
        }
        if (isOfClasses()) {
            confusion[Predictions.largest(label)][Predictions.largest(output)]++;
        } else {
            double fromMean = label[0] - labelMean;
            labelMean += fromMean / examples;
            labelSquares += fromMean * (label[0] - labelMean);
        }
    }

    /** The scores of all examples taken in; there must be one. */
    Scores scores() {
        double count = (double) examples * shape.outputs();
        double meanLoss = loss / examples;
        double mse = squares / count;
        double mae = distances / count;
        if (isOfClasses()) {
            List<List<Integer>> rows = Arrays.stream(confusion)
                    .map(row -> Arrays.stream(row).boxed().toList())
                    .toList();
            return Scores.ofClasses(meanLoss, mse, mae, rows, shape.classNames());
        }
        Double r2 = labelSquares == 0 ? null : Double.valueOf(1 - squares / labelSquares);
        return new Scores(examples, meanLoss, null, mse, mae, r2, null, null);
    }

    private boolean isOfClasses() {
        return shape.label() == LabelMode.CLASS;
    }
}
