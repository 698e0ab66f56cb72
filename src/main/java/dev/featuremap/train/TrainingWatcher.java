package dev.featuremap.train;

import dev.featuremap.run.Scores;
import java.util.Optional;

/** Is told how training goes, on the training thread; it must return soon. */
public interface TrainingWatcher {
    /** Watches nothing. */
    TrainingWatcher NONE = new TrainingWatcher() {};

    /**
     * The engine is chosen.
     *
     * @param name as in an experiment file
     * @param whyNotFaster what kept {@code auto} from the faster one, else empty
     */
    default void engineChosen(String name, Optional<String> whyNotFaster) {}

    /**
     * A step was trained.
     *
     * @param epoch counted from 1
     * @param step of this epoch, counted from 1
     * @param stepsPerEpoch how many there are
     * @param loss of the step's batch
     */
    default void stepped(int epoch, int step, int stepsPerEpoch, double loss) {}

    /** An epoch was trained, and its scores taken. */
    default void epochEnded(int epoch, Scores train, Scores test, double seconds, double examplesPerSecond) {}
}
