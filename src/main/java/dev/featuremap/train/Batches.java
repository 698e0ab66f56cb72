package dev.featuremap.train;

import dev.featuremap.data.BatchMemory;
import org.nd4j.linalg.dataset.DataSet;

/** Batches that have been used. */
final class Batches {
    private Batches() {}

    /**
     * Gives the native memory of a batch's features back at once, and closes its labels: the garbage collector, which sees
     * only their small Java side, would let thousands pile up.
     */
    static void close(DataSet batch) {
        BatchMemory.free(batch.getFeatures());
        BatchMemory.free(batch.getLabels());
    }
}
