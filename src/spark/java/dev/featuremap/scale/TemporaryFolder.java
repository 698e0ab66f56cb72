package dev.featuremap.scale;

import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
            Path folder = Files.createTempDirectory("featuremap").toRealPath();
            try {
                return work.in(folder);
            } finally {
                RegularFiles.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
