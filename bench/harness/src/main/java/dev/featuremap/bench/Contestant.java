package dev.featuremap.bench;

import java.nio.file.Path;

/** One framework with one freshly initialised network. Batches are prepared before the clock runs. */
public interface Contestant extends AutoCloseable {
    /** Makes a contestant for a network. */
    @FunctionalInterface
    interface Maker {
        /** Makes it from the project's folder, which holds {@code conf} and {@code data}. */
        Contestant open(Network network, Path home);
    }

    /** Brings examples into the framework's own form, in batches of one size; a rest is left out. Replaces earlier ones. */
    void prepare(Mnist examples, int batchSize);

    /** Trains one prepared batch and waits for its end. */
    void train(int batch);

    /** Computes the outputs of one prepared batch and waits for them. */
    void infer(int batch);

    /** How many examples of a prepared batch the network classifies rightly. */
    int correct(int batch);

    /** Multiplies two square matrices of a size, in single precision, as fast as the framework can. */
    Runnable multiplication(int size);

    @Override
    void close();
}
