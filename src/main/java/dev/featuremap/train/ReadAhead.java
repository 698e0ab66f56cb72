package dev.featuremap.train;

import dev.featuremap.data.BatchMemory;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Batches that are read while the ones before them are trained: the same batches in the same order.
 *
 * <p>The first ones are read by who takes them. If that one is busy long enough with each, a thread of its own goes on,
 * a few batches ahead; else handing over, and reading what another processor has in its cache, would cost more than it
 * saves.
 *
 * <p>What reading throws is thrown by {@link #next()} in place of the batch that could not be read, and ends the batches.
 * Closing, at whatever moment, ends the thread and frees the batches nobody took. Not safe for use by several threads.
 */
public final class ReadAhead implements Iterator<DataSet>, AutoCloseable {
    /** How many batches are read and not taken yet, at most: each takes memory, and fewer make both sides wait. */
    private static final int AHEAD = 3;
    /** Turns to time before the thread may start; the shortest one counts, whatever else the machine was doing. */
    private static final int TRIED = 16;
    /** A turn, reading included, that is long beside the handing over; see docs/performance.md. */
    private static final long WORTHWHILE_NANOSECONDS = 2_000_000;

    private final DataSetIterator source;
    private final LongSupplier nanoTime;
    private final Queue<Read> reads = new ConcurrentLinkedQueue<>();
    private final Semaphore room = new Semaphore(AHEAD);
    private final Semaphore filled = new Semaphore(0);
    private final Semaphore ended = new Semaphore(0);
    private volatile boolean closed;
    /** Whether the thread reads. */
    private boolean ahead;
    /** The oldest read, once somebody has asked for it. */
    private Read oldest;

    private int taken;
    private long takenAt;
    private long shortest = Long.MAX_VALUE;

    /** Reads from {@code source}, which belongs to this from now on. */
    public ReadAhead(DataSetIterator source) {
        this(source, System::nanoTime);
    }

    ReadAhead(DataSetIterator source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean hasNext() {
        return !(oldest() instanceof End);
    }

    @Override
    public DataSet next() {
        Read read = oldest();
        if (read instanceof Batch batch) {
            oldest = null;
            if (taken <= TRIED) {
                time();
            }
            return batch.batch();
        }
        if (read instanceof Broken broken) {
            oldest = new End();
            throw broken.asUnchecked();
        }
        throw new NoSuchElementException("all batches have been taken");
    }

    private Read oldest() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (oldest == null) {
            oldest = ahead ? take() : read();
        }
        return oldest;
    }

    /** Times the turn from one batch to the next, and decides after the last one tried. */
    private void time() {
        long now = nanoTime.getAsLong();
        if (taken > 0) {
            shortest = Math.min(shortest, now - takenAt);
        }
        takenAt = now;
        taken++;
        if (taken > TRIED && shortest >= WORTHWHILE_NANOSECONDS) {
            ahead = true;
            Thread thread = new Thread(this::readAll, "read-ahead");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private Read read() {
        try {
            return source.hasNext() ? new Batch(source.next()) : new End();
        } catch (RuntimeException | Error e) {
            return new Broken(e);
        }
    }

    private void readAll() {
        boolean more = true;
        while (more) {
            room.acquireUninterruptibly();
            more = !closed && add(read());
        }
        ended.release();
    }

    /** Whether there may be more to read. */
    private boolean add(Read read) {
        reads.add(read);
        filled.release();
        return read instanceof Batch;
    }

    private Read take() {
        filled.acquireUninterruptibly();
        Read read = reads.remove();
        room.release();
        return read;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (ahead) {
            room.release();
            ended.acquireUninterruptibly();
        }
        if (oldest != null) {
            reads.add(oldest);
        }
        for (Read read : reads) {
            if (read instanceof Batch batch) {
                BatchMemory.free(batch.batch());
            }
        }
    }

    /** What one reading came to. */
    private sealed interface Read {}

    private record Batch(DataSet batch) implements Read {}

    private record Broken(Throwable why) implements Read {
        RuntimeException asUnchecked() {
            if (why instanceof Error error) {
                throw error;
            }
            return (RuntimeException) why;
        }
    }

    private record End() implements Read {}
}
