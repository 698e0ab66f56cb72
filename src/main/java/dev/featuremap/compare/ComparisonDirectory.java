package dev.featuremap.compare;

import dev.featuremap.AtomicFiles;
import dev.featuremap.Failure;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A comparison's folder: {@code comparison.yaml} and {@code base.yaml} (what is compared), {@code MEMBER/seed-N} and
 * {@code MEMBER/rate-R} (ordinary run directories), {@code comparison.json} and {@code comparison.csv} (what came of it).
 *
 * <p>It belongs to one comparison for ever, and to one process at a time.
 */
public final class ComparisonDirectory implements AutoCloseable {
    private static final String COMPARISON = "comparison.yaml";
    private static final String BASE = "base.yaml";

    private final Path path;
    private final DirectoryLock lock;

    private ComparisonDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder, or opens it again where it holds this very comparison.
     *
     * @throws Failure (usage) with what differs when it holds another comparison, (environment) when it holds something
     *     else, cannot be written, or is in use
     */
    public static ComparisonDirectory open(Path path, ComparisonPlan plan) {
        try {
            if (Files.isDirectory(path) && !Files.exists(path.resolve(COMPARISON)) && !isUnbegun(path)) {
                throw Failure.environment(
                        path + " is already there and is not a comparison's folder",
                        "name another folder with --run-dir",
                        null);
            }
            Files.createDirectories(path);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(path, e);
        }
        DirectoryLock lock = DirectoryLock.of(path);
        ComparisonDirectory directory = new ComparisonDirectory(path, lock);
        try {
            // comparison.yaml comes last: once it is there, so is the other.
            String base = ExperimentFile.print(plan.base());
            String comparison = ComparisonFile.print(plan.comparison());
            if (Files.exists(path.resolve(COMPARISON))) {
                directory.requireSame(COMPARISON, comparison);
                directory.requireSame(BASE, base);
            } else {
                AtomicFiles.write(path.resolve(BASE), base);
                AtomicFiles.write(path.resolve(COMPARISON), comparison);
            }
            return directory;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    /** Writes {@code comparison.json} and {@code comparison.csv}. */
    void write(ComparisonResult result, String csv) {
        AtomicFiles.write(path.resolve("comparison.csv"), csv);
        AtomicFiles.write(path.resolve("comparison.json"), Json.write(result));
    }

    @Override
    public void close() {
        lock.close();
    }

    private void requireSame(String name, String asked) {
        Path file = path.resolve(name);
        String there;
        try {
            there = Files.readString(file);
        } catch (IOException e) {
            throw Failure.environment(
                    file + " cannot be read: " + e.getMessage(), "name another folder with --run-dir", e);
        }
        if (!there.equals(asked)) {
            throw Failure.usage(
                    path + " holds another comparison; in its " + name + " " + difference(there, asked),
                    "name another folder with --run-dir or another name with comparison.name=..., or remove this one");
        }
    }

    /** The lines only one of two texts has. */
    private static String difference(String there, String asked) {
        List<String> old = there.lines().toList();
        List<String> wanted = asked.lines().toList();
        return "stands [" + without(old, wanted) + "], asked for is [" + without(wanted, old) + "]";
    }

    private static String without(List<String> lines, List<String> others) {
        return String.join(
                "; ",
                lines.stream()
                        .filter(line -> !others.contains(line))
                        .map(String::strip)
                        .toList());
    }

    /** Whether the folder holds no more than a process leaves that dies before it wrote {@code comparison.yaml}. */
    private static boolean isUnbegun(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .allMatch(name -> List.of(".lock", BASE, BASE + ".tmp", COMPARISON + ".tmp")
                            .contains(name));
        }
    }
}
