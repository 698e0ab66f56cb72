package dev.featuremap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How often a fault is tried, and where what was found is told: few times in the usual tests, many times in a stress. */
public final class Stress {
    private Stress() {}

    /** The number a system property says, such as {@code stress.kills}, else a small one. */
    public static int count(String property, int usual) {
        return Integer.getInteger(property, usual);
    }

    /** Tells what was measured for a row of docs/faults.md, in a file of {@code target/stress} for each subject. */
    public static void tell(int row, String what, String figure) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "stress"));
            String line = String.format(Locale.ROOT, "row %d: %s: %s%n", row, what, figure);
            String subject = what.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
            String name = String.format(Locale.ROOT, "row-%02d-%.80s.txt", row, subject);
            Files.write(folder.resolve(name), line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
