package dev.featuremap.bench;

import java.util.Locale;

/**
 * The networks that are measured, as in their files; all take MNIST's {@code [n, 1, 28, 28]}.
 *
 * <p>The arithmetic counts two operations per multiplication with addition, in convolutions and dense layers only.
 */
public enum Network {
    /** LeNet: 20 and 50 filters of 5x5, dropout 0.5, dense 500. */
    LENET("conf/network/mnist-lenet.json", new long[] {24 * 24 * 20 * 25, 8 * 8 * 50 * 20 * 25, 800 * 500, 500 * 10}),

    /** The lecture's CNN of 64 and 128 filters. */
    LECTURE("conf/network/mnist-lecture-cnn.json", new long[] {
        26 * 26 * 64 * 9,
        24 * 24 * 128 * 64 * 9,
        10 * 10 * 128 * 128 * 9,
        4 * 4 * 128 * 128 * 4,
        512 * 256,
        256 * 64,
        64 * 12,
        12 * 10
    }),

    /**
     * Convolutions of 32, 32, 64, 64 and 128 filters of 3x3 and 4x4, two of 5x5 with stride 2, batch normalisation after each; the network
     * of github.com/cdeotte/MNIST-CNN-99.75.
     */
    NORMALIZED("bench/networks/mnist-normalized.json", new long[] {
        26 * 26 * 32 * 9,
        24 * 24 * 32 * 32 * 9,
        12 * 12 * 32 * 32 * 25,
        10 * 10 * 64 * 32 * 9,
        8 * 8 * 64 * 64 * 9,
        4 * 4 * 64 * 64 * 25,
        128 * 64 * 16,
        128 * 10
    }),

    /** Linear regression of a picture to its digit's value. */
    LINEAR("conf/network/mnist-linear-mse.json", new long[] {784});

    private final String file;
    private final long[] multiplications;

    Network(String file, long[] multiplications) {
        this.file = file;
        this.multiplications = multiplications.clone();
    }

    /** DL4J's configuration of it, in the project's folder. */
    public String file() {
        return file;
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
