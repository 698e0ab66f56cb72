package dev.featuremap.compare;

import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.Json;
import dev.featuremap.run.OwnedDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison's folder: {@code comparison.yaml} and {@code base.yaml} (what is compared), {@code MEMBER/seed-N} and
 * {@code MEMBER/rate-R} (ordinary run directories), {@code comparison.json} and {@code comparison.csv} (what came of it).
 *
 * <p>It belongs to one comparison for ever, and to one process at a time.
 */
public final class ComparisonDirectory implements AutoCloseable {
    private static final String BASE = "base.yaml";

    private final OwnedDirectory directory;

    private ComparisonDirectory(OwnedDirectory directory) {
        this.directory = directory;
    }

    /**
     * Makes the folder, or opens it again where it holds this very comparison.
     *
     * @throws dev.featuremap.Failure (usage) with what differs when it holds another comparison, (environment) when it
     *     holds something else, cannot be written, or is in use
     */
    public static ComparisonDirectory open(Path path, ComparisonPlan plan) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(BASE, ExperimentFile.print(plan.base()));
        files.put("comparison.yaml", ComparisonFile.print(plan.comparison()));
        // Where the base's file is may change: what it holds is in base.yaml.
        return new ComparisonDirectory(OwnedDirectory.open(
                path,
                new OwnedDirectory.Owner(
                        "comparison",
                        "comparison.name",
                        files,
                        line -> line.startsWith("base: "),
                        ComparisonDirectory::printed)));
    }

    private static String printed(String name, String text) {
        return name.equals(BASE)
                ? ExperimentFile.print(ExperimentFile.parse(text, name, List.of()))
                : ComparisonFile.print(ComparisonFile.parse(text, name));
    }

    public Path path() {
        return directory.path();
    }

    /** Writes {@code comparison.json} and {@code comparison.csv}. */
    void write(ComparisonResult result, String csv) {
        DirectoryLock.write(path().resolve("comparison.csv"), csv);
        DirectoryLock.write(path().resolve("comparison.json"), Json.write(result));
    }

    @Override
    public void close() {
        directory.close();
    }
}
