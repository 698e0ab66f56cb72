package dev.featuremap.play;

import dev.featuremap.network.InferenceWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Weights as a page's text holds them, {@link Packed}. */
final class PlayWeights {
    /** Larger arrays are rounded in {@link #differences}; biases and what batch normalisation knows are told as they are. */
    private static final int EXACT = 1024;

    private static final int STEPS = 127;

    private PlayWeights() {}

    /** All as little-endian float32. */
    static String all(InferenceWeights weights) {
        return Packed.of(weights.bytes(0, weights.count()));
    }

    /**
     * How a network's weights at another time differ from those at the end: of each array as many signed bytes, after the
     * float32 that they count in, so that the largest difference is 127; arrays of at most 1024 numbers as they are then.
     */
    static String differences(InferenceWeights end, InferenceWeights then) {
        byte[] bytes = new byte[then.count() * Float.BYTES];
        ByteBuffer told = little(bytes);
        int place = 0;
        for (int length : end.arrays()) {
            byte[] there = then.bytes(place, length);
            if (length > EXACT) {
                putDifferences(told, little(end.bytes(place, length)), little(there), length);
            } else {
                told.put(there);
            }
            place += length;
        }
        return Packed.of(Arrays.copyOf(bytes, told.position()));
    }

    private static void putDifferences(ByteBuffer told, ByteBuffer here, ByteBuffer there, int length) {
        float[] differences = new float[length];
        float largest = 0;
        for (int i = 0; i < length; i++) {
            differences[i] = there.getFloat() - here.getFloat();
            largest = Math.max(largest, Math.abs(differences[i]));
        }
        float step = largest / STEPS;
        told.putFloat(step);
        for (float difference : differences) {
            told.put((byte) (step == 0 ? 0 : Math.round(difference / step)));
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
