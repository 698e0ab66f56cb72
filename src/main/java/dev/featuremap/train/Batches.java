package dev.featuremap.train;

import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Batches that have been used. */
final class Batches {
    private Batches() {}

    /**
     * Gives a batch's native memory back at once: the garbage collector, which sees only its small Java side, would let
     * thousands pile up.
     */
    static void close(DataSet batch) {
        Stream.of(batch.getFeatures(), batch.getLabels())
                .filter(INDArray::closeable)
                .forEach(INDArray::close);
    }
}
