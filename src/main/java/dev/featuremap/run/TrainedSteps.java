package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How many steps a run has trained, written over at each: a process that dies leaves it, so what was lost can be told. A second line
 * says how many steps an epoch has, so that whoever watches can tell how far the run is.
 */
public final class TrainedSteps implements AutoCloseable {
    private static final int WIDTH = 20;
    private static final int MOST_BYTES = 100;

    private final Path file;
    private final FileChannel channel;

    private TrainedSteps(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static TrainedSteps open(Path file, long stepsPerEpoch) {
        long before = read(file);
        try {
            TrainedSteps steps = new TrainedSteps(file, RegularFiles.continued(file, MOST_BYTES));
            steps.channel.truncate(0);
            steps.write(line(before) + line(stepsPerEpoch));
            return steps;
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file, e);
        }
    }

    /** Writes the count into the place of the one before. */
    public void set(long steps) {
        try {
            write(line(steps));
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file, e);
        }
    }

    private void write(String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static String line(long count) {
        return " ".repeat(WIDTH - Long.toString(count).length()) + count + "\n";
    }

    /** The count in a file; 0 where there is none. */
    static long read(Path file) {
        return read(file, 0);
    }

    /** How many steps an epoch has; 0 where the file does not say. */
    static long readStepsPerEpoch(Path file) {
        return read(file, 1);
    }

    private static long read(Path file, int line) {
        try {
            String text = RegularFiles.isFile(file)
                    ? new String(RegularFiles.read(file, MOST_BYTES), StandardCharsets.ISO_8859_1)
                    : "";
            String count = text.lines().skip(line).findFirst().orElse("").strip();
            return count.matches("\\d{1,18}") ? Long.parseLong(count) : 0;
        } catch (IOException e) {
            throw RunDirectory.unreadable(file, AtomicFiles.reason(e), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file, e);
        }
    }
}
