package dev.featuremap.engine;

/**
 * Cosine proximity, −Σ cos(y, p), with norms of at least 10⁻⁵.
 *
 * <p>The gradient is the loss's derivative also for outputs shorter than √10⁻⁵, where DL4J's is not: it keeps the square of
 * their norm above 10⁻⁵ as well.
 *
 * @param activation the output layer's
 */
record CosineLoss(ActivationFunction activation) implements LossFunction {
    private static final double LEAST_NORM = 1e-5;

    @Override
    public double sum(OutputValues values) {
        double sum = 0;
        for (int row = 0; row < values.rows; row++) {
            sum -= dot(values.labels, values.outputs, row, values.columns)
                    / norm(values.labels, row, values.columns)
                    / norm(values.outputs, row, values.columns);
        }
        return sum;
    }

    @Override
    public void gradient(OutputValues values, float[] gradient) {
        int columns = values.columns;
        for (int row = 0; row < values.rows; row++) {
            double norm = norm(values.outputs, row, columns);
            double scale = norm * norm(values.labels, row, columns);
            double dot = dot(values.labels, values.outputs, row, columns);
            double along = norm > LEAST_NORM ? dot / (norm * norm) : 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                gradient[i] = (float) ((along * values.outputs[i] - values.labels[i]) / scale);
            }
        }
        activation.applyDerivative(values.known(activation), gradient, values.rows, columns);
    }

    private static double norm(float[] values, int row, int columns) {
        double norm = Math.sqrt(dot(values, values, row, columns));
        return norm < LEAST_NORM ? LEAST_NORM : norm;
    }

    private static double dot(float[] a, float[] b, int row, int columns) {
        double dot = 0;
        for (int i = row * columns; i < (row + 1) * columns; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot;
    }
}
