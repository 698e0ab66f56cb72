package dev.featuremap.cli;

import dev.featuremap.Failure;
import dev.featuremap.page.PartedLine;
import dev.featuremap.page.Screen;
import dev.featuremap.run.Json;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a command prints: results on {@code out}, everything else on {@code err}, both UTF-8.
 *
 * @param isInteractive whether a person watches {@code err}, so that a bar may move there
 * @param screen how pages are shown on {@code out}
 */
public record Terminal(PrintStream out, PrintStream err, boolean isInteractive, Screen screen) {
    /** Set by the launcher when standard error, and standard output, is a terminal, which Java alone cannot tell. */
    private static final String INTERACTIVE = "featuremap.interactive";

    private static final String WATCHED_OUTPUT = "featuremap.output.terminal";

    /** The process's own streams. */
    static Terminal ofProcess() {
        return new Terminal(
                new StandardOutput(new FileOutputStream(FileDescriptor.out)),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Boolean.getBoolean(INTERACTIVE),
                screen(Boolean.getBoolean(WATCHED_OUTPUT), System.getenv()));
    }

    /** Coloured only where a person watches, the terminal is able to, and NO_COLOR (no-color.org) is not set. */
    static Screen screen(boolean isTerminal, Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        boolean isAble = !term.isEmpty() && !term.equals("dumb");
        boolean isRefused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return Screen.of(environment.get("COLUMNS"), isTerminal && isAble && !isRefused);
    }

    void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }

    /** Where a person watches, a line that is too wide is broken between its parts. */
    void tell(String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        err.print(isInteractive ? wrapped(text) : text);
    }

    private String wrapped(String text) {
        String lines = text.lines()
                .map(line -> PartedLine.wrapped(line, screen.columns()))
                .collect(Collectors.joining(System.lineSeparator()));
        return text.endsWith("\n") ? lines + System.lineSeparator() : lines;
    }

    /** Prints a result as one JSON object. */
    void json(Object result) {
        print("%s", Json.write(result));
    }

    /** The same, of which nothing is seen but results. */
    Terminal silent() {
        return new Terminal(
                out, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false, screen);
    }

    /** Why not all results could be written. */
    Optional<Failure> unwritten() {
        return out instanceof StandardOutput standard ? standard.failure() : Optional.empty();
    }
}
