package dev.featuremap.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.IntFunction;

/** What several threads make of files, handed out in the files' order. Not safe for use by several threads itself. */
final class FilesAhead<T> implements AutoCloseable {
    private static final int FILES_PER_THREAD = 8;
    /** Of files that are held at a time, where they are more than one. */
    private static final long MOST_BYTES = 1L << 26;
    /** A decoded picture takes up to 200 MB: see {@link PictureDecoder}. */
    private static final long HEAP_PER_THREAD = 1L << 28;

    private final IntFunction<Path> files;
    private final int count;
    private final Function<Path, T> making;
    private final int threads;
    private final ExecutorService pool;
    private final Queue<Ahead<T>> ahead = new ArrayDeque<>();
    private int begun;
    private long bytes;

    private record Ahead<T>(long bytes, CompletableFuture<T> made) {}

    /**
     * @param files by their place, 0 to {@code count - 1}
     * @param making makes something of each
     */
    FilesAhead(IntFunction<Path> files, int count, Function<Path, T> making) {
        this.files = files;
        this.count = count;
        this.making = making;
        Runtime machine = Runtime.getRuntime();
        this.threads =
                (int) Math.max(1, Math.min(machine.availableProcessors(), machine.maxMemory() / HEAP_PER_THREAD));
        this.pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "files-ahead");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What was made of the next file, of which there must be one. */
    T next() {
        while (begun < count && ahead.size() < FILES_PER_THREAD * threads) {
            Path file = files.apply(begun);
            long size = size(file);
            if (!ahead.isEmpty() && bytes + size > MOST_BYTES) {
                break;
            }
            ahead.add(new Ahead<>(size, CompletableFuture.supplyAsync(() -> making.apply(file), pool)));
            bytes += size;
            begun++;
        }
        Ahead<T> next = ahead.remove();
        bytes -= next.bytes;
        try {
            return next.made.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // Whoever reads it says what is wrong.
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
