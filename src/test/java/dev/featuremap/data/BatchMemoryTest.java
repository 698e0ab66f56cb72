package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Scaling;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class BatchMemoryTest {
    private static final long MIB = 1 << 20;

    @Test
    void givesAnOrdinaryArrayOfFloats() {
        INDArray array = BatchMemory.array(
                values -> {
                    for (int i = 0; i < 6; i++) {
                        values.put(i);
                    }
                },
                2,
                3);
        assertThat(array.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(array.ordering()).isEqualTo('c');
        assertThat(array.toFloatMatrix()).isDeepEqualTo(new float[][] {{0, 1, 2}, {3, 4, 5}});
        assertThat(array.mmul(Nd4j.ones(DataType.FLOAT, 3, 1)).toFloatVector()).containsExactly(3, 12);
        assertThat(array).isEqualTo(Nd4j.arange(6).castTo(DataType.FLOAT).reshape(2, 3));
        BatchMemory.free(array);
        assertThat(array.wasClosed()).isTrue();
    }

    @Test
    void memoryOfBatchesComesBackWithoutTheGarbageCollector() {
        ExampleSet examples =
                new ExampleSet(IdxBytes.pictures(IdxBytes.sampleImages(), IdxBytes.sampleLabels(), 10, Scaling.UNIT));
        long before = Pointer.totalBytes();
        long most = 0;
        for (int epoch = 0; epoch < 50; epoch++) {
            DataSetIterator batches = examples.shuffled(100, 42, epoch);
            while (batches.hasNext()) {
                DataSet batch = batches.next();
                most = Math.max(most, Pointer.totalBytes() - before);
                BatchMemory.free(batch);
            }
        }
        // 300 batches of 300 KiB: 90 MiB went through.
        assertThat(most).isGreaterThan(100 * 784 * 4).isLessThan(2 * MIB);
    }

    @Test
    void freesABatchsPicturesAndLabels() {
        DataSet batch = new DataSet(Nd4j.ones(DataType.FLOAT, 2, 3), Nd4j.ones(DataType.FLOAT, 2, 1));
        BatchMemory.free(batch);
        assertThat(batch.getFeatures().wasClosed()).isTrue();
        assertThat(batch.getLabels().wasClosed()).isTrue();
    }

    @Test
    void closesArraysOfOthersAndLeavesClosedOnesAlone() {
        INDArray array = Nd4j.ones(DataType.FLOAT, 3);
        BatchMemory.free(array);
        assertThat(array.wasClosed()).isTrue();
        BatchMemory.free(array);
        INDArray row = Nd4j.ones(DataType.FLOAT, 3, 3).getRow(1);
        BatchMemory.free(row);
        assertThat(row.sumNumber().floatValue()).isEqualTo(3);
    }
}
