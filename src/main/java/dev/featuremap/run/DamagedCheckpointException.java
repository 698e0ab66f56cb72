package dev.featuremap.run;

/** A checkpoint is not what was written; the message says what of it. */
final class DamagedCheckpointException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedCheckpointException(String message) {
        super(message);
    }
}
