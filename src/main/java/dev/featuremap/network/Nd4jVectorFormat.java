package dev.featuremap.network;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.options.ArrayOptionsHelper;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A float32 vector as {@code Nd4j.write} writes it: the buffer of its shape, then the buffer of its numbers.
 *
 * <p>A buffer is the name of its allocation mode, its length, the name of its type and its values, all big-endian. The
 * shape's values are rank, sides, strides, options, element stride and order. {@code Nd4j.read} believes all of these.
 */
final class Nd4jVectorFormat {
    /** Numbers handled at a time. */
    private static final int SOME = 4096;

    /** Takes the numbers one by one. */
    interface Sink {
        void put(int index, float value);
    }

    private final ModelZip zip;
    private final String entry;
    private final int length;

    /**
     * A vector in a model zip.
     *
     * @param length the numbers it must have
     */
    Nd4jVectorFormat(ModelZip zip, String entry, int length) {
        this.zip = zip;
        this.entry = entry;
        this.length = length;
    }

    /**
     * Writes the bytes that {@code Nd4j.write} would, in bulk, where that asks the array for each number and the stream for each
     * byte.
     */
    static void write(INDArray vector, OutputStream out) throws IOException {
        INDArray whole = vector.isView() ? vector.dup() : vector;
        DataOutputStream data = new DataOutputStream(out);
        whole.shapeInfoDataBuffer().write(data);
        data.writeUTF(whole.data().allocationMode().name());
        data.writeLong(whole.data().length());
        data.writeUTF(DataType.FLOAT.name());
        FloatBuffer numbers = numbers(whole);
        float[] some = new float[SOME];
        ByteBuffer bytes = ByteBuffer.allocate(SOME * Float.BYTES);
        while (numbers.hasRemaining()) {
            int count = Math.min(SOME, numbers.remaining());
            numbers.get(some, 0, count);
            bytes.asFloatBuffer().put(some, 0, count);
            data.write(bytes.array(), 0, count * Float.BYTES);
        }
    }

    /** @throws NotFiniteException naming the first that is NaN or infinite */
    static void requireFinite(String what, INDArray vector) {
        FloatBuffer numbers = numbers(vector.isView() ? vector.dup() : vector);
        float[] some = new float[SOME];
        while (numbers.hasRemaining()) {
            int count = Math.min(SOME, numbers.remaining());
            numbers.get(some, 0, count);
            for (int i = 0; i < count; i++) {
                if (!Float.isFinite(some[i])) {
                    throw new NotFiniteException(what + " " + (numbers.position() - count + i) + " of "
                            + numbers.capacity() + " is " + some[i]);
                }
            }
        }
    }

    private static FloatBuffer numbers(INDArray whole) {
        Nd4j.getAffinityManager().ensureLocation(whole, AffinityManager.Location.HOST);
        return new FloatPointer(whole.data().addressPointer())
                .capacity(whole.length())
                .asBuffer();
    }

    /** The numbers, all finite, once the whole entry is known to be sound: nothing is allocated before. */
    float[] read() {
        zip.read(
                entry,
                in -> read(in, (index, value) -> {
                    if (!Float.isFinite(value)) {
                        throw zip.refusal(entry, "number " + index + " of " + length + " is " + value);
                    }
                }));
        float[] numbers = new float[length];
        zip.read(entry, in -> read(in, (index, value) -> numbers[index] = value));
        return numbers;
    }

    /** Gives every number to the sink. */
    private void read(InputStream in, Sink sink) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        checkShape(data);
        require("length", length, header(data, DataType.FLOAT));
        for (int i = 0; i < length; i++) {
            sink.put(i, data.readFloat());
        }
        if (data.read() >= 0) {
            throw zip.refusal(entry, "is longer than the network it belongs to");
        }
    }

    private void checkShape(DataInputStream data) throws IOException {
        long longs = header(data, DataType.INT64);
        long rank = data.readLong();
        if (rank < 1 || rank > 2) {
            throw zip.refusal(entry, "is an array of rank " + rank + ", not a vector");
        }
        require("shape information", 2 * rank + 4, longs);
        if (rank == 2) {
            require("rows", 1, data.readLong());
        }
        require("columns", length, data.readLong());
        if (rank == 2) {
            data.readLong();
        }
        require("stride", 1, data.readLong());
        if (ArrayOptionsHelper.dataType(data.readLong()) != DataType.FLOAT) {
            throw zip.refusal(entry, "is not an array of float32");
        }
        data.readLong();
        data.readLong();
    }

    /** A buffer's length. */
    private long header(DataInputStream data, DataType type) throws IOException {
        String mode = data.readUTF();
        if (!mode.equals(DataBuffer.AllocationMode.MIXED_DATA_TYPES.name())) {
            throw zip.refusal(entry, "is not an array as DL4J 1.0.0-M2.1 writes it");
        }
        long size = data.readLong();
        String found = data.readUTF();
        if (!found.equals(type.name())) {
            throw zip.refusal(entry, "holds " + NetworkJson.firstLine(found) + " where " + type + " is expected");
        }
        return size;
    }

    private void require(String what, long expected, long found) {
        if (expected != found) {
            throw zip.refusal(entry, what + " " + found + ", but the network needs " + expected);
        }
    }
}
