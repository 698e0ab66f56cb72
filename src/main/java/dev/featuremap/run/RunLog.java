package dev.featuremap.run;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Sends everything that is logged, this project's and its libraries', to a run's {@code log.txt} while it is open; only what
 * the thread of another open run logs is left out. In a program that logs through another binding than Logback, that alone has it.
 */
public final class RunLog implements AutoCloseable {
    private final Runnable closing;

    /** @param file goes on behind what it holds */
    public RunLog(Path file) {
        boolean isLogback =
                LoggerFactory.getILoggerFactory().getClass().getName().startsWith("ch.qos.logback.");
        closing = isLogback ? new LogbackFile(file)::close : () -> {};
    }

    @Override
    public void close() {
        closing.run();
    }
}
