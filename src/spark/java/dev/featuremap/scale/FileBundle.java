package dev.featuremap.scale;

import dev.featuremap.AtomicFiles;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of a folder on their way to another machine; sub-folders and hidden files stay.
 *
 * @param contents by name
 */
record FileBundle(Map<String, byte[]> contents) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The files of a folder; none where it is not there. */
    static FileBundle of(Path folder) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            if (!name.startsWith(".")) {
                contents.put(name, Files.readAllBytes(file));
            }
        }
        return new FileBundle(contents);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> there = Files.list(folder)) {
            return there.filter(Files::isRegularFile).toList();
        }
    }

    /** Writes those files whose names are wanted. */
    void writeTo(Path folder, Predicate<String> wanted) {
        contents.forEach((name, bytes) -> {
            if (wanted.test(name)) {
                AtomicFiles.write(folder.resolve(name), out -> out.write(bytes));
            }
        });
    }
}
