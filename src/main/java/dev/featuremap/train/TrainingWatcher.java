package dev.featuremap.train;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.EpochScores;
import dev.featuremap.run.RunDirectory;
import java.util.Optional;

/** Is told how training goes, on the training thread; it must return soon. */
public interface TrainingWatcher {
    /** Watches nothing. */
    TrainingWatcher NONE = new TrainingWatcher() {};

    /** A run of an experiment begins, or is gone on with; told first. */
    default void began(Experiment experiment) {}

    /**
     * A stopped run is gone on with.
     *
     * @param epoch the one that is trained next, counted from 1
     * @param step batches trained before
     * @param lostSteps trained after the checkpoint, as far as known, and trained again now
     */
    default void resumed(int epoch, long step, long lostSteps) {}

    /**
     * The data are there.
     *
     * @param validationExamples held out from the training data; 0 for none
     */
    default void dataOpened(int trainExamples, int validationExamples) {}

    /**
     * The engine is chosen.
     *
     * @param name as in an experiment file
     * @param whyNotFaster what kept {@code auto} from the faster one, else empty
     */
    default void engineChosen(String name, Optional<String> whyNotFaster) {}

    /** Something of the training is not as the experiment's file alone would have it; one line that says what and why. */
    default void noted(String line) {}

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
    default void epochEnded(int epoch, EpochScores scores, double seconds, double examplesPerSecond) {}

    /** The run is written whole; until this returns, its directory is locked. */
    default void ended(RunDirectory run) {}
}
