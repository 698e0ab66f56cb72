package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

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
    public TrainingState {
        long before = step - nextBatch;
        int whole = epoch - 1;
        boolean agree = whole == 0 ? before == 0 : before > 0 && before % whole == 0 && nextBatch <= before / whole;
        if (whole < 0 || nextBatch < 0 || step < 0 || !agree) {
            throw new IllegalArgumentException(
                    "step " + step + " is not batch " + nextBatch + " of epoch " + epoch + ", whose epochs are alike");
        }
        if (!(seconds >= 0 && epochSeconds >= 0 && Double.isFinite(seconds + epochSeconds))
                || (nextBatch == 0 && epochSeconds > 0)) {
            throw new IllegalArgumentException("trained for " + seconds + " and " + epochSeconds + " seconds");
        }
        if (scores == null != (whole == 0)) {
            throw new IllegalArgumentException(
                    "scores belong to each epoch that has ended, of which there are " + whole);
        }
        for (Best each : Stream.of(best, watched).filter(Objects::nonNull).toList()) {
            if (each.epoch < 1 || each.epoch > whole) {
                throw new IllegalArgumentException("the best of " + whole + " epochs is epoch " + each.epoch);
            }
        }
        if (kept != null && (kept.epoch < 1 || kept.epoch > whole || kept.step != kept.epoch * (before / whole))) {
            throw new IllegalArgumentException("the epoch that is kept is " + kept.epoch + ", of step " + kept.step);
        }
    }

    /** Before the first step. */
    public static final TrainingState START = new TrainingState(1, 0, 0, 0, 0, null, null, null, null);

    /** Batches of each epoch; empty before the first has ended. */
    public OptionalLong stepsPerEpoch() {
        return epoch == 1 ? OptionalLong.empty() : OptionalLong.of((step - nextBatch) / (epoch - 1));
    }

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
