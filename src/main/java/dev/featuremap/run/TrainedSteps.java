package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** How many steps a run has trained, written over at each: a process that dies leaves it, so what was lost can be told. */
public final class TrainedSteps implements AutoCloseable {
    private static final int WIDTH = 20;
    private static final int MOST_BYTES = 100;

    private final Path file;
    private final FileChannel channel;

    private TrainedSteps(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static TrainedSteps open(Path file) {
        try {
            return new TrainedSteps(file, RegularFiles.continued(file, MOST_BYTES));
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file, e);
        }
    }

    /** Writes the count into the place of the one before. */
    public void set(long steps) {
        String line = " ".repeat(WIDTH - Long.toString(steps).length()) + steps + "\n";
        try {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file, e);
        }
    }

    /** The count in a file; 0 where there is none. */
    static long read(Path file) {
        try {
            String text = RegularFiles.isFile(file)
                    ? new String(RegularFiles.read(file, MOST_BYTES), StandardCharsets.ISO_8859_1).strip()
                    : "";
            return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
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
