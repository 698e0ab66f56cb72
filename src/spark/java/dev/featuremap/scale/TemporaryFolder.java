package dev.featuremap.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for what a task writes before it travels. */
final class TemporaryFolder {
    private TemporaryFolder() {}

    /** Work in a folder. */
    @FunctionalInterface
    interface Work<T> {
        T in(Path folder) throws IOException;
    }

    /** Works in a fresh folder, which is gone afterwards. */
    static <T> T with(Work<T> work) {
        try {
            Path folder = Files.createTempDirectory("featuremap");
            try {
                return work.in(folder);
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
