package dev.featuremap.network;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights of a network in f32, one layer's after the other's; as JSON, Base64 of their little-endian bytes. */
public final class InferenceWeights {
    private float[] values = {};

    /** Adds an array in C order and returns the place of its first float. */
    int add(INDArray array) {
        int place = values.length;
        float[] added = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
        values = Arrays.copyOf(values, place + added.length);
        System.arraycopy(added, 0, values, place, added.length);
        return place;
    }

    /** {@code length} floats from a place on, each as four little-endian bytes. */
    public byte[] bytes(int place, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, place, length);
        return bytes.array();
    }

    @JsonValue
    String base64() {
        return Base64.getEncoder().encodeToString(bytes(0, values.length));
    }
}
