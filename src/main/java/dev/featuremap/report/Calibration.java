package dev.featuremap.report;

import dev.featuremap.page.Chart;
import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Chart.Form;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.run.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a network's confidence can be believed: of the answers given with a confidence near p, a share near p should be
 * right.
 *
 * @param expectedError the expected calibration error, 0..1: the mean over the examples of |share right − confidence| of
 *     their bin, ten bins of equal width (Naeini, Cooper and Hauskrecht 2015)
 * @param meanConfidence the mean of the largest output, 0..1
 * @param accuracy share of right answers, 0..1
 * @param bins those that hold examples
 */
record Calibration(double expectedError, double meanConfidence, double accuracy, List<Bin> bins) {
    private static final int BINS = 10;
    private static final double TOLERANCE = 1e-4;

    /** The examples whose confidence lies in [low, high), the last bin with its upper end. */
    record Bin(double low, double high, int examples, double confidence, double accuracy) {}

    /** Empty unless every example's outputs are probabilities: from 0 to 1, with a sum of 1. */
    static Optional<Calibration> of(Predictions predictions) {
        if (!predictions.isOfClasses() || predictions.size() == 0) {
            return Optional.empty();
        }
        int[] counts = new int[BINS];
        int[] right = new int[BINS];
        double[] confidence = new double[BINS];
        for (int i = 0; i < predictions.size(); i++) {
            if (!areProbabilities(predictions.outputs()[i])) {
                return Optional.empty();
            }
            float largest = predictions.outputs()[i][predictions.predictedClass(i)];
            int bin = Math.min(BINS - 1, (int) (largest * BINS));
            counts[bin]++;
            confidence[bin] += largest;
            right[bin] += predictions.isRight(i) ? 1 : 0;
        }
        return Optional.of(of(predictions.size(), counts, right, confidence));
    }

    private static boolean areProbabilities(float[] outputs) {
        double sum = 0;
        for (float output : outputs) {
            if (!(output >= -TOLERANCE && output <= 1 + TOLERANCE)) {
                return false;
            }
            sum += output;
        }
        return Math.abs(sum - 1) < TOLERANCE * outputs.length;
    }

    private static Calibration of(int examples, int[] counts, int[] right, double[] confidence) {
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        double confidences = 0;
        double rights = 0;
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                bins.add(new Bin(
                        (double) i / BINS,
                        (double) (i + 1) / BINS,
                        counts[i],
                        confidence[i] / counts[i],
                        (double) right[i] / counts[i]));
                error += Math.abs(right[i] - confidence[i]) / examples;
                confidences += confidence[i];
                rights += right[i];
            }
        }
        return new Calibration(error, confidences / examples, rights / examples, bins);
    }

    /** The reliability diagram: the share right in each bin beside the diagonal, on which confidence is deserved. */
    Chart chart() {
        double[] middles = new double[BINS];
        double[] shares = new double[BINS];
        for (int i = 0; i < BINS; i++) {
            middles[i] = (i + 0.5) / BINS;
            shares[i] = Double.NaN;
        }
        for (Bin bin : bins) {
            shares[(int) Math.round(bin.low * BINS)] = bin.accuracy;
        }
        return new Chart(
                "reliability",
                Axis.share("confidence").within(0, 1),
                Axis.share("share right").within(0, 1),
                Chart.values(middles),
                List.of(
                        Series.of(Form.BARS, "share right", 1, Chart.values(shares)),
                        Series.of(Form.REFERENCE, "deserved", 1, Chart.values(middles))));
    }
}
