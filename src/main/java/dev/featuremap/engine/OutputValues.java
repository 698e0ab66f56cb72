package dev.featuremap.engine;

/** What comes to a network's loss, {@code [rows, columns]} each: a row for each example. */
final class OutputValues {
    final int rows;
    final int columns;
    /** Of the output layer's activation function. */
    final float[] inputs;
    /** Of it. */
    final float[] outputs;
    /** What the outputs should be. */
    final float[] labels;

    OutputValues(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        inputs = new float[rows * columns];
        outputs = new float[rows * columns];
        labels = new float[rows * columns];
    }

    int length() {
        return inputs.length;
    }

    /** What the derivative of {@code activation} is told from. */
    float[] known(ActivationFunction activation) {
        return activation.needsInput() ? inputs : outputs;
    }
}
