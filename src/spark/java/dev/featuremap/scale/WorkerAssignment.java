package dev.featuremap.scale;

import dev.featuremap.engine.NetworkState;
import dev.featuremap.train.EngineLearner;
import dev.featuremap.train.Learner;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One worker's part of a round, in which each trains by itself.
 *
 * @param worker counted from 0
 * @param epoch counted from 1
 * @param firstBatch of the epoch, counted from 0
 * @param batches how many it trains
 * @param steps batches that come before its first since the start, whoever trains them
 */
record WorkerAssignment(int worker, int epoch, int firstBatch, int batches, long steps) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Deals batches out, as equally as can be, in runs of neighbours.
     *
     * @param batches how many to deal out
     */
    static List<WorkerAssignment> deal(int workers, int epoch, int firstBatch, int batches, long steps) {
        List<WorkerAssignment> rounds = new ArrayList<>();
        int dealt = 0;
        for (int worker = 0; worker < workers && dealt < batches; worker++) {
            int share = batches / workers + (worker < batches % workers ? 1 : 0);
            rounds.add(new WorkerAssignment(worker, epoch, firstBatch + dealt, share, steps + dealt));
            dealt += share;
        }
        return rounds;
    }

    /** Trains the part. */
    WorkerResult train(EngineLearner learner) {
        long start = System.nanoTime();
        double loss = 0;
        for (int i = 0; i < batches; i++) {
            Learner.Trained trained = learner.train(epoch, firstBatch + i, steps + i);
            loss += trained.loss();
        }
        NetworkState state = learner.state();
        return new WorkerResult(worker, batches, loss, (System.nanoTime() - start) / 1e9, state.all());
    }
}
