package dev.featuremap.train;

import dev.featuremap.Failure;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Whether the files of a run's data are still those it was made with. */
final class DataFiles {
    private DataFiles() {}

    /**
     * Compares the SHA-256 of each file. The same contents under other paths are the same data.
     *
     * @throws Failure (data) naming the first that differs, with both
     */
    static void requireSame(Map<String, String> recorded, Map<String, String> found, String remedy) {
        if (!recorded.keySet().equals(found.keySet()) && sorted(recorded).equals(sorted(found))) {
            return;
        }
        TreeSet<String> files = new TreeSet<>(recorded.keySet());
        files.addAll(found.keySet());
        for (String file : files) {
            String before = recorded.getOrDefault(file, "(none)");
            String now = found.getOrDefault(file, "(none)");
            if (!before.equals(now)) {
                throw Failure.data(
                        file + ": the run was made with data of SHA-256 " + before + ", found " + now, remedy);
            }
        }
    }

    private static List<String> sorted(Map<String, String> hashes) {
        return hashes.values().stream().sorted().toList();
    }
}
