package dev.featuremap.data;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Float arrays whose native memory comes back when they are freed.
 *
 * <p>That of ND4J's own arrays does not: M2.1's {@code INDArray.close()} marks them closed and leaves their memory to the
 * garbage collector, which sees only their small Java side and lets thousands pile up.
 */
public final class BatchMemory {
    private BatchMemory() {}

    /** An array of {@code shape} in order c, filled by {@code fill}. */
    static INDArray array(Filling fill, long... shape) {
        long length = 1;
        for (long size : shape) {
            length = Math.multiplyExact(length, size);
        }
        INDArray array = Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU
                ? ofOwnMemory(length, shape)
                : Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
        fill.into(((FloatPointer) array.data().pointer()).asBuffer());
        // Where there is a copy on a GPU, the newest values are here.
        Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
        return array;
    }

    private static INDArray ofOwnMemory(long length, long[] shape) {
        FloatPointer memory = new FloatPointer(length);
        return Nd4j.create(
                Nd4j.createBuffer(memory, length, DataType.FLOAT),
                shape,
                Nd4j.getStrides(shape, 'c'),
                0,
                'c',
                DataType.FLOAT);
    }

    /** Closes an array and, where it is one of these, gives its memory back at once. */
    public static void free(INDArray array) {
        if (array.closeable()) {
            Pointer memory = array.data().pointer();
            array.close();
            memory.close();
        }
    }

    /** Gives back what a batch that has been used takes. */
    public static void free(DataSet batch) {
        free(batch.getFeatures());
        free(batch.getLabels());
    }

    /** Writes an array's values, from the first on. */
    interface Filling {
        void into(FloatBuffer values);
    }
}
