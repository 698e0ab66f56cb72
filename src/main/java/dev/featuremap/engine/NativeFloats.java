package dev.featuremap.engine;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A flat array of floats in native memory, where oneDNN reads and writes it: all parameters of a network in DL4J's order, or a
 * replica's gradients.
 */
final class NativeFloats implements AutoCloseable {
    private final FloatPointer pointer;
    private final FloatBuffer buffer;
    private final IntBuffer bits;

    NativeFloats(long length) {
        pointer = new FloatPointer(Math.max(1, length));
        buffer = pointer.asBuffer();
        bits = new IntPointer(pointer).capacity(length).asBuffer();
    }

    /** The value at {@code index} and those behind it, for oneDNN. */
    Pointer at(long index) {
        return pointer.getPointer(index);
    }

    /** For reading and writing in bulk; must not be used after {@link #close()}. */
    FloatBuffer buffer() {
        return buffer;
    }

    /** The same memory as {@link Float#floatToRawIntBits} has it. */
    IntBuffer bits() {
        return bits;
    }

    /** The values of a contiguous float array. */
    static FloatBuffer bufferOf(INDArray array) {
        return new FloatPointer(array.data().addressPointer())
                .capacity(array.length())
                .asBuffer();
    }

    /** Copies from a contiguous float array of the same length. */
    void copyFrom(INDArray array) {
        Pointer.memcpy(pointer, array.data().addressPointer(), array.length() * Float.BYTES);
    }

    /** Copies to a contiguous float array of the same length. */
    void copyTo(INDArray array) {
        Pointer.memcpy(array.data().addressPointer(), pointer, array.length() * Float.BYTES);
    }

    @Override
    public void close() {
        pointer.close();
    }
}
