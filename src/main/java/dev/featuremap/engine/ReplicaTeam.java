package dev.featuremap.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The threads of an engine's replicas. The first replica's is the caller's own, which saves one replica, or a batch of one
 * example, from being handed over.
 */
final class ReplicaTeam implements AutoCloseable {
    /** How long to wait awake: longer than one replica usually is behind another, shorter than a human would mind. */
    private static final long AWAKE_NANOSECONDS = 1_000_000;

    private final OmpThreads openMp = new OmpThreads();
    private final Thread[] workers;
    private final Throwable[] thrown;
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger round = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger meetings = new AtomicInteger();
    private volatile int present = 1;
    private volatile boolean failed;
    private volatile IntConsumer task;
    private volatile Thread caller;

    ReplicaTeam(int replicas) {
        workers = new Thread[replicas - 1];
        thrown = new Throwable[replicas];
        for (int i = 0; i < workers.length; i++) {
            int replica = i + 1;
            workers[i] = new Thread(() -> work(replica), "replica-" + replica);
            workers[i].setDaemon(true);
            workers[i].start();
        }
    }

    int replicas() {
        return thrown.length;
    }

    /** Runs {@code task} for replicas 0 to {@code replicas} − 1, each on its own thread, and returns when all have. */
    void run(int replicas, IntConsumer task) {
        int before = openMp.get();
        openMp.set(1);
        try {
            present = replicas;
            if (replicas == 1) {
                task.accept(0);
            } else {
                runTogether(replicas, task);
            }
        } finally {
            openMp.set(before);
        }
    }

    private void runTogether(int replicas, IntConsumer task) {
        this.task = replica -> {
            if (replica < replicas) {
                task.accept(replica);
            }
        };
        caller = Thread.currentThread();
        working.set(workers.length);
        next();
        try {
            task.accept(0);
        } catch (Throwable e) {
            fail(0, e);
        }
        long since = System.nanoTime();
        while (working.get() > 0) {
            pause(since);
        }
        rethrow();
    }

    private void next() {
        round.incrementAndGet();
        wakeWorkers();
    }

    private void wakeWorkers() {
        for (Thread worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    /** What a replica throws that waited in vain for one that had failed. */
    private static final class Forsaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** How often all replicas of a run have met. */
    int meetings() {
        return meetings.get();
    }

    /**
     * Waits, within a task, until every replica of this run has come here as often; returns how many they are. Ends with an exception when
     * one of them fails.
     */
    int meet() {
        int replicas = present;
        int meeting = meetings.get();
        if (waiting.incrementAndGet() == replicas) {
            waiting.set(0);
            meetings.incrementAndGet();
            LockSupport.unpark(caller);
            wakeWorkers();
            return replicas;
        }
        long since = System.nanoTime();
        while (meetings.get() == meeting) {
            if (failed) {
                throw new Forsaken();
            }
            pause(since);
        }
        return replicas;
    }

    private void fail(int replica, Throwable e) {
        thrown[replica] = e;
        failed = true;
        LockSupport.unpark(caller);
        wakeWorkers();
    }

    private void work(int replica) {
        openMp.set(1);
        int done = 0;
        while (true) {
            long since = System.nanoTime();
            while (round.get() == done) {
                pause(since);
            }
            done++;
            IntConsumer current = task;
            if (current == null) {
                return;
            }
            try {
                current.accept(replica);
            } catch (Throwable e) {
                fail(replica, e);
            }
            if (working.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }
    }

    private static void pause(long since) {
        if (System.nanoTime() - since < AWAKE_NANOSECONDS) {
            Thread.onSpinWait();
        } else {
            LockSupport.park();
        }
    }

    private void rethrow() {
        Throwable first = Arrays.stream(thrown)
                .filter(e -> e != null && !(e instanceof Forsaken))
                .findFirst()
                .orElse(null);
        Arrays.fill(thrown, null);
        waiting.set(0);
        failed = false;
        if (first instanceof Error error) {
            throw error;
        } else if (first instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        task = null;
        next();
        for (Thread worker : workers) {
            boolean interrupted = false;
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
