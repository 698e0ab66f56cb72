package dev.featuremap.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights of a network in f32, one layer's after the other's. */
public final class InferenceWeights {
    private float[] values = {};
    private final List<Integer> arrays = new ArrayList<>();

    /** Adds an array in C order and returns the place of its first float. */
    int add(INDArray array) {
        int place = values.length;
        float[] added = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
        values = Arrays.copyOf(values, place + added.length);
        System.arraycopy(added, 0, values, place, added.length);
        arrays.add(added.length);
        return place;
    }

    /** {@code length} floats from a place on, each as four little-endian bytes. */
    public byte[] bytes(int place, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, place, length);
        return bytes.array();
    }

    /** How many floats there are. */
    public int count() {
        return values.length;
    }

    /** How many floats each array has, in their order. */
    public List<Integer> arrays() {
        return List.copyOf(arrays);
    }
}
