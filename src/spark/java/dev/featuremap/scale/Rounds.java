package dev.featuremap.scale;

import dev.featuremap.engine.NetworkState;

/** How workers train together: what comes to the end that an averaging is. */
interface Rounds {
    /** What steps the network, as in an experiment file. */
    String engine();

    /**
     * Trains until the next averaging.
     *
     * @param from the state all workers begin from
     * @param epoch counted from 1
     * @param firstBatch of the epoch, counted from 0
     * @param steps batches trained since the start
     */
    Trained train(NetworkState from, int epoch, int firstBatch, long steps);

    /**
     * What came of it.
     *
     * @param state the average
     * @param batches trained by all workers
     * @param loss their mean
     */
    record Trained(NetworkState state, int batches, double loss) {}
}
