package dev.featuremap.engine;

import java.nio.FloatBuffer;

/** An array through which native memory is worked on piece by piece: the JIT makes vector instructions of loops over arrays. */
final class Pieces {
    /** Small enough that a few of them stay in the processor's nearest cache. */
    static final int LENGTH = 2048;

    private final float[] values = new float[LENGTH];

    float[] values() {
        return values;
    }

    /** Reads the piece at {@code from} and returns its length, which is less at the end. */
    int read(FloatBuffer memory, int from) {
        int length = Math.min(LENGTH, memory.capacity() - from);
        memory.get(from, values, 0, length);
        return length;
    }

    void write(FloatBuffer memory, int from, int length) {
        memory.put(from, values, 0, length);
    }
}
