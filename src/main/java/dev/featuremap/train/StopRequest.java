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
     * @return whether something is under way that will hear of it
     */
    public synchronized boolean request(Failure.Kind kind) {
        requested = kind;
        notifyAll();
        return listeners > 0;
    }

    /** What was asked for; empty when nothing was. */
    public Optional<Failure.Kind> requested() {
        return Optional.ofNullable(requested);
    }

    /** Waits until the end is asked for. */
    public synchronized void await() {
        try {
            while (requested == null) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that something is under way that will end when asked, until the answer is closed. */
    public Listening listen() {
        synchronized (this) {
            listeners++;
        }
        return () -> {
            synchronized (this) {
                listeners--;
            }
        };
    }

    /** Something under way. */
    public interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
