package dev.featuremap.scale;

import dev.featuremap.engine.NetworkState;
import dev.featuremap.train.EngineLearner;
import dev.featuremap.train.Learner;
import dev.featuremap.train.OpenedData;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * One worker's part of a round, in which each trains by itself.
 *
 * @param worker counted from 0
 * @param epoch counted from 1
 * @param firstBatch of the epoch, counted from 0
 * @param batches how many it trains
 * @param steps batches that come before its first since the start, whoever trains them
 */
record Round(int worker, int epoch, int firstBatch, int batches, long steps) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Deals batches out, as equally as can be, in runs of neighbours.
     *
     * @param batches how many to deal out
     */
    static List<Round> deal(int workers, int epoch, int firstBatch, int batches, long steps) {
        List<Round> rounds = new ArrayList<>();
        int dealt = 0;
        for (int worker = 0; worker < workers && dealt < batches; worker++) {
            int share = batches / workers + (worker < batches % workers ? 1 : 0);
            rounds.add(new Round(worker, epoch, firstBatch + dealt, share, steps + dealt));
            dealt += share;
        }
        return rounds;
    }

    /** The examples of the part, a batch each. */
    List<DataSet> examples(OpenedData data, boolean signedLabels) {
        DataSetIterator all = data.batches(signedLabels, epoch, firstBatch);
        List<DataSet> mine = new ArrayList<>();
        while (mine.size() < batches) {
            mine.add(all.next());
        }
        return mine;
    }

    /** Trains the part. */
    Part train(EngineLearner learner) {
        long start = System.nanoTime();
        double loss = 0;
        for (int i = 0; i < batches; i++) {
            Learner.Trained trained = learner.train(epoch, firstBatch + i, steps + i);
            loss += trained.loss();
        }
        NetworkState state = learner.state();
        return new Part(worker, batches, loss, (System.nanoTime() - start) / 1e9, state.all());
    }
}
