package dev.featuremap.run;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.featuremap.AtomicFiles;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/** Where {@link RunLog} writes, as an appender of Logback's. */
final class LogbackFile {
    /** The threads with an open run, in this process: several when a cluster's executor makes several runs at a time. */
    private static final Set<Thread> OWNERS = ConcurrentHashMap.newKeySet();

    private static final int MOST_BYTES = 1 << 30;

    private final Thread owner = Thread.currentThread();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private final Logger root;
    private final Path file;
    private final FileChannel channel;

    LogbackFile(Path file) {
        this.file = file;
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level [%thread] %logger{36} - %msg%n");
        encoder.start();
        appender.setContext(context);
        appender.setName("run");
        channel = opened(file);
        appender.setOutputStream(Channels.newOutputStream(channel));
        appender.setEncoder(encoder);
        appender.addFilter(new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                Thread logging = Thread.currentThread();
                return logging == owner || !OWNERS.contains(logging) ? FilterReply.NEUTRAL : FilterReply.DENY;
            }
        });
        appender.start();
        root.addAppender(appender);
        OWNERS.add(owner);
    }

    private static FileChannel opened(Path file) {
        try {
            return RegularFiles.continued(file, MOST_BYTES);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file, e);
        }
    }

    void close() {
        OWNERS.remove(owner);
        root.detachAppender(appender);
        appender.stop();
        try {
            channel.close(); // An appender that could not write, such as onto a full disk, leaves it open.
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file, e);
        }
    }
}
