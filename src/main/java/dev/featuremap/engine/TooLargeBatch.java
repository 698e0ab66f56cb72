package dev.featuremap.engine;

import dev.featuremap.Failure;
import dev.featuremap.backend.Memory;

/** The failure of a batch that does not fit into memory. */
final class TooLargeBatch {
    private TooLargeBatch() {}

    /**
     * Names both limits and a size that would do.
     *
     * @param examples of the batch
     * @param fitting examples that would fit; less than 1 where that is not known, or none would
     */
    static Failure failure(String engine, int examples, long fitting, OutOfMemoryError error) {
        long size = Math.min(Long.highestOneBit(Math.max(0, fitting)), examples / 2);
        return Memory.exhausted(
                "engine " + engine + ": a batch of " + examples + " examples does not fit into memory",
                size < 1 ? "make training.batchSize smaller" : "set training.batchSize=" + size,
                error);
    }
}
