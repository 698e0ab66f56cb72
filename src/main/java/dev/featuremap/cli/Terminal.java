package dev.featuremap.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where a command prints: results on {@code out}, everything else on {@code err}, both UTF-8.
 *
 * @param isInteractive whether a person watches {@code err}, so that a bar may move there
 */
public record Terminal(PrintStream out, PrintStream err, boolean isInteractive) {
    /** Set by the launcher when standard error is a terminal, which Java alone cannot tell. */
    private static final String INTERACTIVE = "featuremap.interactive";

    /** The process's own streams. */
    static Terminal ofProcess() {
        return new Terminal(stream(FileDescriptor.out), stream(FileDescriptor.err), Boolean.getBoolean(INTERACTIVE));
    }

    void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }

    void tell(String format, Object... values) {
        err.printf(Locale.ROOT, format, values);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
