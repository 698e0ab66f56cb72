package dev.featuremap.play;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights of a page, one layer's after the other's. */
final class PlayWeights {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds an array in C order and returns the place of its first float. */
    int add(INDArray array) {
        int place = bytes.size() / Float.BYTES;
        float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
        ByteBuffer floats = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        floats.asFloatBuffer().put(values);
        bytes.writeBytes(floats.array());
        return place;
    }

    String base64() {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
