package dev.featuremap.engine;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exponential moving average of a network's weights over its steps (Polyak and Juditsky 1992, with forgetting).
 *
 * <p>All of DL4J's parameters are averaged, a batch normalisation's running mean and variance among them: each of those is the mean
 * over the very steps that the weights are the mean of, and so belongs to them as well as a running statistic ever does. Where DL4J
 * keeps the logarithm of a standard deviation, it is still the variance that is averaged: a channel that is silent for some steps
 * has a logarithm that outweighs all others.
 */
public final class WeightAverage {
    /** Floats that are read at a time. Arrays read from their beginnings are what the JIT makes vector instructions of. */
    private static final int PIECE = 4096;

    private final double decay;
    private final float[][] pieces;
    /** Which floats of each piece are logarithms, base 10, of standard deviations. */
    private final int[][] logDeviations;

    /** Begins with the parameters of {@code network}. */
    public WeightAverage(double decay, MultiLayerNetwork network) {
        this.decay = decay;
        int length = Math.toIntExact(network.numParams());
        pieces = new float[(length + PIECE - 1) / PIECE][];
        logDeviations = new int[pieces.length][];
        FloatBuffer parameters = NativeFloats.bufferOf(network.params());
        long[] logarithms = logDeviations(network);
        for (int i = 0; i < pieces.length; i++) {
            long first = (long) i * PIECE;
            pieces[i] = new float[Math.min(PIECE, length - i * PIECE)];
            parameters.get(i * PIECE, pieces[i]);
            logDeviations[i] = Arrays.stream(logarithms)
                    .filter(place -> place >= first && place < first + PIECE)
                    .mapToInt(place -> (int) (place - first))
                    .toArray();
        }
    }

    private static long[] logDeviations(MultiLayerNetwork network) {
        return network.paramTable().entrySet().stream()
                .filter(parameter ->
                        parameter.getKey().endsWith("_" + BatchNormalizationParamInitializer.GLOBAL_LOG_STD))
                .flatMapToLong(parameter -> {
                    INDArray channels = parameter.getValue();
                    return LongStream.range(channels.offset(), channels.offset() + channels.length());
                })
                .toArray();
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
            for (int j : logDeviations[i]) {
                average[j] = ofMeanVariance(average[j], values[j], share);
                values[j] = average[j];
            }
            for (int j = 0; j < average.length; j++) {
                average[j] += share * (values[j] - average[j]);
            }
        }
    }

    /** The same logarithm where that of both is; it is kept as it is saved, so that a run goes on exactly. */
    private static float ofMeanVariance(float average, float value, float share) {
        double variance = (1 - share) * Math.pow(10, 2.0 * average) + share * Math.pow(10, 2.0 * value);
        return (float) (Math.log10(variance) / 2);
    }

    /** Makes these the parameters of a network of the same configuration. */
    public void writeTo(MultiLayerNetwork network) {
        FloatBuffer parameters = NativeFloats.bufferOf(network.params());
        for (int i = 0; i < pieces.length; i++) {
            parameters.put(i * PIECE, pieces[i]);
        }
    }
}
