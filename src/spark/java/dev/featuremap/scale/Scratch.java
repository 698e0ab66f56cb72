package dev.featuremap.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.stream.Stream;

/** Folders for what a task writes before it travels. */
final class Scratch {
    private Scratch() {}

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

    /** The contents of a folder's files by their names; sub-folders and the lock stay. */
    static HashMap<String, byte[]> files(Path folder) throws IOException {
        HashMap<String, byte[]> files = new HashMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> there = Files.list(folder)) {
                for (Path file : there.filter(Files::isRegularFile).toList()) {
                    String name = file.getFileName().toString();
                    if (!name.startsWith(".")) {
                        files.put(name, Files.readAllBytes(file));
                    }
                }
            }
        }
        return files;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
