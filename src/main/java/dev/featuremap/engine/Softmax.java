package dev.featuremap.engine;

/**
 * Softmax.
 *
 * @param axis of {@code [examples, channels, height, width]} over which the outputs sum to 1
 */
record Softmax(int axis) implements ActivationFunction {
    static final Softmax OF_UNITS = new Softmax(1);

    /** Of feature maps DL4J takes it over each row of pixels: ND4J's softmax is over the last dimension. */
    static final Softmax OF_PIXEL_ROWS = new Softmax(3);

    @Override
    public boolean isMonotone() {
        return false;
    }

    @Override
    public boolean needsInput() {
        return false;
    }

    @Override
    public void apply(float[] values, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            applyToRow(values, row * columns, columns);
        }
    }

    private static void applyToRow(float[] values, int from, int length) {
        float largest = values[from];
        for (int i = 1; i < length; i++) {
            largest = Math.max(largest, values[from + i]);
        }
        double sum = 0;
        for (int i = 0; i < length; i++) {
            float power = (float) Math.exp(values[from + i] - largest);
            values[from + i] = power;
            sum += power;
        }
        for (int i = 0; i < length; i++) {
            values[from + i] = (float) (values[from + i] / sum);
        }
    }

    @Override
    public void applyDerivative(float[] outputs, float[] gradient, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            applyDerivativeToRow(outputs, gradient, row * columns, columns);
        }
    }

    private static void applyDerivativeToRow(float[] outputs, float[] gradient, int from, int length) {
        double dot = 0;
        for (int i = 0; i < length; i++) {
            dot += (double) outputs[from + i] * gradient[from + i];
        }
        for (int i = 0; i < length; i++) {
            gradient[from + i] = (float) (outputs[from + i] * (gradient[from + i] - dot));
        }
    }
}
