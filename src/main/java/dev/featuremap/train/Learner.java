package dev.featuremap.train;

import dev.featuremap.run.EpochScores;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.Scores;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Trains and scores one network on the data of one experiment; what {@link Trainer} drives. */
public interface Learner extends AutoCloseable {
    /** What steps the network: {@code nd4j} or {@code onednn}. */
    String engine();

    /** Native threads that train, over all machines. */
    int threads();

    /**
     * Trains as many batches as can't be divided: one, or what many workers train between two averagings.
     *
     * @param epoch counted from 1
     * @param firstBatch of the epoch, counted from 0
     * @param steps batches trained since the start
     */
    Trained train(int epoch, int firstBatch, long steps);

    /** Counts an epoch, for learning-rate schedules by epoch and for whoever resumes the network. */
    void endEpoch();

    /**
     * Scores the training split and the one that is watched beside it.
     *
     * @param trainExamples how many of the training examples, from the first
     * @param between is run now and then
     */
    EpochScores score(int trainExamples, Runnable between);

    /** Scores the test split, which may be another than the one that is watched. */
    Scores scoreTest();

    /** The network with parameters, updater state and counters as of the last step. */
    MultiLayerNetwork network();

    /** The same with the average of its weights over the steps, which is then what is scored and kept; empty where there is none. */
    default Optional<MultiLayerNetwork> averaged() {
        return Optional.empty();
    }

    /**
     * Writes {@code predictions.csv} and {@code mistakes.json}, what the network answers to the test split, or where that is
     * not measured to the validation split, and {@code input.json}, what it is to be given.
     */
    void writePredictions(RunDirectory run);

    @Override
    void close();

    /**
     * Batches just trained.
     *
     * @param batches how many
     * @param loss their mean, each taken before its step; may be NaN or infinite, which is the caller's to see
     */
    record Trained(int batches, double loss) {}
}
