package dev.featuremap.engine;

import java.nio.FloatBuffer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The exponential moving average of a network's weights over its steps (Polyak and Juditsky 1992, with forgetting).
 *
 * <p>All of DL4J's parameters are averaged. A batch normalisation's running mean and variance belong to the weights of single steps:
 * those of the average have to be measured.
 */
public final class WeightAverage {
    /** Floats that are read at a time. Arrays read from their beginnings are what the JIT makes vector instructions of. */
    private static final int PIECE = 4096;

    private final double decay;
    private final float[][] pieces;

    /** Begins with the parameters of {@code network}. */
    public WeightAverage(double decay, MultiLayerNetwork network) {
        this.decay = decay;
        int length = Math.toIntExact(network.numParams());
        pieces = new float[(length + PIECE - 1) / PIECE][];
        FloatBuffer parameters = NativeFloats.bufferOf(network.params());
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new float[Math.min(PIECE, length - i * PIECE)];
            parameters.get(i * PIECE, pieces[i]);
        }
    }

    /**
     * How much of the average a step leaves: decay, but at most {@code (1 + step)/(10 + step)}, so that the first steps, when all
     * is still far off, are soon forgotten.
     *
     * @param step counted from 1
     */
    double kept(long step) {
        return Math.min(decay, (1.0 + step) / (10.0 + step));
    }

    /** Takes in the part of the parameters after {@code step} that falls to thread {@code part} of {@code parts}. */
    void add(FloatBuffer parameters, long step, int part, int parts) {
        float share = (float) (1 - kept(step));
        float[] values = new float[PIECE];
        int end = (int) ((part + 1L) * pieces.length / parts);
        for (int i = (int) ((long) part * pieces.length / parts); i < end; i++) {
            float[] average = pieces[i];
            parameters.get(i * PIECE, values, 0, average.length);
            for (int j = 0; j < average.length; j++) {
                average[j] += share * (values[j] - average[j]);
            }
        }
    }

    /** Makes these the parameters of a network of the same configuration. */
    public void writeTo(MultiLayerNetwork network) {
        FloatBuffer parameters = NativeFloats.bufferOf(network.params());
        for (int i = 0; i < pieces.length; i++) {
            parameters.put(i * PIECE, pieces[i]);
        }
    }
}
