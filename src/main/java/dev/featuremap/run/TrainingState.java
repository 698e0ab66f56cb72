package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;

/**
 * What the training loop knows between two steps, the network left out.
 *
 * @param epoch the one being trained, counted from 1; one more than there are once all are done
 * @param nextBatch of this epoch, counted from 0; as many as there are when only the epoch's scores are missing
 * @param step batches trained since the start
 * @param seconds of training in the epochs before this one
 * @param epochSeconds of training in this epoch so far
 * @param scores of the last whole epoch on the split that is watched; null before the first
 * @param best by {@code training.keepBestBy}; null before the first epoch's end, or when the best is not kept
 * @param watched best value for early stopping; null likewise
 * @param kept the epoch whose model is the run's so far when the best is kept, else null
 */
@JsonInclude(Include.NON_NULL)
public record TrainingState(
        int epoch,
        int nextBatch,
        long step,
        double seconds,
        double epochSeconds,
        @JsonAlias("test") Scores scores,
        Best best,
        Best watched,
        Kept kept) {
    /** Before the first step. */
    public static final TrainingState START = new TrainingState(1, 0, 0, 0, 0, null, null, null, null);

    /** Epochs of which a batch was trained. */
    public int begunEpochs() {
        return nextBatch > 0 ? epoch : epoch - 1;
    }

    /** The best value of a metric, and the epoch that had it. */
    public record Best(double value, int epoch) {}

    /**
     * The best epoch, whose model the checkpoint of its step holds.
     *
     * @param scores on the split that is watched
     */
    public record Kept(
            int epoch, long step, @JsonAlias("test") Scores scores) {}
}
