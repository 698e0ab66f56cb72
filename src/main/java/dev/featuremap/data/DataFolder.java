package dev.featuremap.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the data are that no experiment names by a path of its own: MNIST's files, and what was unpacked or decoded of all others.
 */
public record DataFolder(MnistFiles mnist, DataCache cache) {
    /** That of a folder such as {@code data}; MNIST is fetched to it when it is missing. */
    public static DataFolder in(Path folder, DataProgress progress) {
        return of(MnistFiles.in(folder.resolve("mnist"), progress), folder, progress);
    }

    /** As {@link #in(Path, DataProgress)}, with nothing told. */
    public static DataFolder in(Path folder) {
        return in(folder, DataProgress.SILENT);
    }

    /** The same, of which MNIST is never fetched. */
    public static DataFolder withoutFetching(Path folder) {
        MnistFiles here = new MnistFiles(folder.resolve("mnist"), List.of(), MnistFile.ALL, DataProgress.SILENT);
        return of(here, folder, DataProgress.SILENT);
    }

    private static DataFolder of(MnistFiles mnist, Path folder, DataProgress progress) {
        return new DataFolder(mnist, new DataCache(folder.resolve("cache"), progress));
    }
}
