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
    /** Whose memory it is: held, so that it is not freed. */
    private final INDArray owner;

    private final FloatBuffer buffer;
    private final IntBuffer bits;

    /** Memory of its own. */
    NativeFloats(long length) {
        this(new FloatPointer(Math.max(1, length)), length, null);
    }

    private NativeFloats(FloatPointer pointer, long length, INDArray owner) {
        this.pointer = pointer;
        this.owner = owner;
        buffer = pointer.asBuffer();
        bits = new IntPointer(pointer).capacity(length).asBuffer();
    }

    /** The memory of a contiguous float array: what is written here is written there, and the other way round. */
    static NativeFloats of(INDArray array) {
        return new NativeFloats(pointerTo(array), array.length(), array);
    }

    private static FloatPointer pointerTo(INDArray array) {
        return new FloatPointer(array.data().addressPointer()).capacity(array.length());
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
        return pointerTo(array).asBuffer();
    }

    /** Frees memory of its own; an array's stays with the array. */
    @Override
    public void close() {
        if (owner == null) {
            pointer.close();
        }
    }
}
