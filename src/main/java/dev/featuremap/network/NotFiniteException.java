package dev.featuremap.network;

/** A network holds a number that is NaN or infinite: its training has diverged. */
public final class NotFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFiniteException(String message) {
        super(message);
    }
}
