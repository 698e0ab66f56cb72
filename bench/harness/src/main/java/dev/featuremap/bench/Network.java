package dev.featuremap.bench;

import java.util.Locale;

/**
 * The networks that are measured, as in the files of {@code conf}; all take MNIST's {@code [n, 1, 28, 28]}.
 *
 * <p>The arithmetic counts two operations per multiplication with addition, in convolutions and dense layers only.
 */
public enum Network {
    /** LeNet: 20 and 50 filters of 5x5, dropout 0.5, dense 500. */
    LENET("mnist-lenet", new long[] {24 * 24 * 20 * 25, 8 * 8 * 50 * 20 * 25, 800 * 500, 500 * 10}),

    /** The lecture's CNN of 64 and 128 filters. */
    LECTURE("mnist-lecture-cnn", new long[] {
        26 * 26 * 64 * 9,
        24 * 24 * 128 * 64 * 9,
        10 * 10 * 128 * 128 * 9,
        4 * 4 * 128 * 128 * 4,
        512 * 256,
        256 * 64,
        64 * 12,
        12 * 10
    }),

    /** Linear regression of a picture to its digit's value. */
    LINEAR("mnist-linear-mse", new long[] {784});

    private final String configuration;
    private final long[] multiplications;

    Network(String configuration, long[] multiplications) {
        this.configuration = configuration;
        this.multiplications = multiplications.clone();
    }

    /** The file's name in {@code conf/network} and {@code conf/experiment}, without its ending. */
    public String configuration() {
        return configuration;
    }

    /** Whether labels are one-hot classes; else they are the digit's value. */
    public boolean classifies() {
        return this != LINEAR;
    }

    /** Operations of one example's forward pass. */
    public double inferenceFlop() {
        double sum = 0;
        for (long layer : multiplications) {
            sum += 2.0 * layer;
        }
        return sum;
    }

    /** Operations of one example's training: forward, weight gradients, and input gradients but for the first layer. */
    public double trainingFlop() {
        return 3 * inferenceFlop() - 2.0 * multiplications[0];
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
