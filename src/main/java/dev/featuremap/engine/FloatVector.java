package dev.featuremap.engine;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;

/** Floats that travel from process to process: written all at once, where Java's own way takes them one by one. */
public final class FloatVector implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient float[] values;

    /** @param values which are not copied, and must not change from now on */
    public FloatVector(float[] values) {
        this.values = values;
    }

    /** The values themselves, not to be changed. */
    public float[] values() {
        return values;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        out.writeObject(bytes.array());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        byte[] bytes = (byte[]) in.readObject();
        values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    }
}
