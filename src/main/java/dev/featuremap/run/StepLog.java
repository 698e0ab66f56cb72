package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * {@code steps.csv}: the training step by step, thinned as {@link StepRow#every} says. Rows are written behind those before, four
 * times a second at most and before each checkpoint, without waiting for the disk; only to be thinned the file is written anew.
 */
public final class StepLog implements AutoCloseable {
    /** What is written at least so often, and asked for twice a second by whoever watches, is seen within a second. */
    static final long NANOSECONDS_BETWEEN = 250_000_000;

    private final Path file;
    private final LongSupplier nanoTime;
    private final List<StepRow> rows = new ArrayList<>();
    private final StringBuilder unwritten = new StringBuilder();
    private long every = 1;
    private long last;
    /** At the end of the file; null when that is to be written anew. */
    private FileChannel channel;

    StepLog(Path file) {
        this(file, System::nanoTime);
    }

    /** @param nanoTime a clock in nanoseconds, of which only differences count */
    StepLog(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Goes back to a step, or to none: rows of later ones are removed. */
    void restore(long step) {
        close();
        rows.clear();
        unwritten.setLength(0);
        every = StepRow.every(step);
        if (RegularFiles.isFile(file)) {
            rows.addAll(StepRow.readUntil(file, step));
            rows.removeIf(row -> row.step() % every != 0);
            DirectoryLock.delete(file.getParent(), List.of(file.getFileName().toString()));
        }
        flush();
    }

    /** Adds a step, if it has a row. */
    public void add(StepRow row) {
        if (row.step() / every > StepRow.MOST) {
            every = StepRow.every(row.step());
            rows.removeIf(earlier -> earlier.step() % every != 0);
            close();
        }
        if (row.step() % every == 0) {
            rows.add(row);
            unwritten.append(row.line());
        }
        if (nanoTime.getAsLong() - last >= NANOSECONDS_BETWEEN) {
            flush();
        }
    }

    /**
     * Writes what is not written yet.
     *
     * @throws dev.featuremap.Failure (environment) when the disk does not take it
     */
    public void flush() {
        last = nanoTime.getAsLong();
        try {
            if (channel == null && !rows.isEmpty()) {
                DirectoryLock.write(file, text());
                channel = RegularFiles.openInPlace(file);
                channel.position(channel.size());
            } else if (unwritten.length() > 0) {
                DirectoryLock.check(file);
                channel.write(ByteBuffer.wrap(unwritten.toString().getBytes(StandardCharsets.US_ASCII)));
            }
            unwritten.setLength(0);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file, e);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder(StepRow.HEADER).append('\n');
        rows.forEach(row -> text.append(row.line()));
        return text.toString();
    }

    /** Gives the file free; what is not written yet is lost. */
    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw AtomicFiles.unwritable(file, e);
            }
            channel = null;
        }
    }
}
