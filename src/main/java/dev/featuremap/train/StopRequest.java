package dev.featuremap.train;

import dev.featuremap.Failure;
import java.util.Optional;

/** Somebody's wish that training end after its batch, with everything saved; safe to use from any thread. */
public final class StopRequest {
    private volatile Failure.Kind requested;
    private volatile int listeners;

    /**
     * Asks for the end.
     *
     * @param kind {@code INTERRUPTED} or {@code TERMINATED}
     * @return whether a training is under way that will hear of it
     */
    public synchronized boolean request(Failure.Kind kind) {
        requested = kind;
        return listeners > 0;
    }

    /** What was asked for; empty when nothing was. */
    public Optional<Failure.Kind> requested() {
        return Optional.ofNullable(requested);
    }

    /** Says that a training is under way until the answer is closed. */
    Listening listen() {
        synchronized (this) {
            listeners++;
        }
        return () -> {
            synchronized (this) {
                listeners--;
            }
        };
    }

    /** A training under way. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
