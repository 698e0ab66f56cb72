package dev.featuremap.train;

import dev.featuremap.Failure;

/** A run was stopped from outside: that is no failure of its own, and nothing is kept of it. */
final class StoppedRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedRun(InterruptedException cause) {
        super("interrupted", cause);
    }

    /** What ends the command. */
    Failure failure() {
        return Failure.environment(getMessage(), "the same command goes on where it stopped", this);
    }
}
