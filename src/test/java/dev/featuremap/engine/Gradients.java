package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/** All of a network's gradients in DL4J's order, and when two of them are the same. */
final class Gradients {
    private Gradients() {}

    /** What DL4J itself computes for a batch; the network's score is then that of the batch. */
    static float[] of(MultiLayerNetwork network, DataSet batch) {
        network.setInput(batch.getFeatures());
        network.setLabels(batch.getLabels());
        network.computeGradientAndScore();
        return network.gradient().gradient().dup().data().asFloat();
    }

    /** Every parameter's gradient to 1e-4 of its largest, rounding aside. */
    static void assertClose(MultiLayerNetwork network, float[] actual, float[] expected) {
        // Where a gradient is 0 but for rounding, what cancelled out is the measure.
        double rounding = 2e-5 * largest(expected, 0, expected.length) + 1e-6;
        int from = 0;
        for (Layer layer : network.getLayers()) {
            for (var parameter : layer.paramTable().entrySet()) {
                int to = from + (int) parameter.getValue().length();
                double difference = 0;
                for (int i = from; i < to; i++) {
                    difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
                }
                assertThat(difference)
                        .as("gradient of %s of layer %d", parameter.getKey(), layer.getIndex())
                        .isLessThanOrEqualTo(1e-4 * largest(expected, from, to) + rounding);
                from = to;
            }
        }
    }

    static double largest(float[] values, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }
}
