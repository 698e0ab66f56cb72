package dev.featuremap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How often a fault is tried, and what was measured: {@code bench/stress} asks for large numbers by system properties, and
 * makes its table of the lines in {@code target/stress}.
 */
public final class Stress {
    private static final Path FOLDER = Path.of("target", "stress");

    private Stress() {}

    /** How often to try: a few times in every build, or as often as the property says. */
    public static int times(String property, int usual) {
        return Integer.getInteger(property, usual);
    }

    /** Writes down what a row of docs/faults.md promises and what held here; one file of one line a subject. */
    public static void tell(int row, String what, String promised, String measured) {
        String line = String.format(Locale.ROOT, "%s | %s | %s%n", what, promised, measured);
        String subject = what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String name = String.format(Locale.ROOT, "row-%02d-%s.txt", row, subject);
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name), line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
