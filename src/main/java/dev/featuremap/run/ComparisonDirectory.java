package dev.featuremap.run;

import dev.featuremap.RegularFiles;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A comparison's folder: {@code comparison.yaml} and {@code base.yaml} (what is compared), {@code MEMBER/seed-N} and
 * {@code MEMBER/rate-R} (ordinary run directories), {@code comparison.json}, {@code comparison.csv}, {@code report.html},
 * {@code comparison.md} and {@code charts} (what came of it).
 */
public record ComparisonDirectory(Path path) {
    /** The base experiment with what all members set. */
    public static final String BASE = "base.yaml";

    /** The comparison. */
    public static final String COMPARISON = "comparison.yaml";

    /** What came of it. */
    public static final String RESULT = "comparison.json";

    private static final String TABLE = "comparison.csv";
    private static final String TEXT = "comparison.md";
    private static final String CHARTS = "charts";

    /** The files that say what came of the comparison. */
    public static final List<String> RESULTS = List.of(RESULT, TABLE, RunDirectory.REPORT, TEXT);

    /** Names in the folder that no member can have, in lower case. */
    public static final Set<String> OWN_NAMES = Set.of(
            BASE,
            COMPARISON,
            RESULT,
            TABLE,
            TEXT,
            RunTags.FILE,
            RunDirectory.REPORT,
            CHARTS,
            "con",
            "nul",
            "prn",
            "aux");

    public boolean hasResult() {
        return RegularFiles.isFile(path.resolve(RESULT));
    }

    /** Whether it holds a comparison that has not ended. */
    public boolean isUnfinished() {
        return RegularFiles.isFile(path.resolve(COMPARISON)) && !hasResult();
    }

    /**
     * The run directory of a member's run that counts.
     *
     * @param fold which fold is held out, from 1; null: none
     */
    public Path run(String member, long seed, Integer fold) {
        return path.resolve(member).resolve("seed-" + seed + (fold == null ? "" : "-fold-" + fold));
    }

    /**
     * What there is of a member's run that counts; empty where it is not there, or has not ended. A member's name is a folder's: one
     * that leads elsewhere is none of this comparison's.
     */
    public Optional<RunDirectory> ended(String member, RunOutcome run) {
        Path folder = path.toAbsolutePath().normalize();
        Path place = run(member, run.seed(), run.fold()).toAbsolutePath().normalize();
        return place.startsWith(folder) && RegularFiles.isFolder(place) ? RunDirectory.ended(place) : Optional.empty();
    }

    /**
     * The run directory of a member's trial of a learning rate.
     *
     * @param rate as it is written
     */
    public Path trial(String member, String rate) {
        return path.resolve(member).resolve("rate-" + rate);
    }

    /** Where the comparison's report goes. */
    public Path reportFile() {
        return path.resolve(RunDirectory.REPORT);
    }

    /** Where what came of it goes as text to paste. */
    public Path textFile() {
        return path.resolve(TEXT);
    }

    /** Where a chart of the report goes as a file of its own. */
    public Path chartFile(String id) {
        return path.resolve(CHARTS).resolve(id + ".svg");
    }

    /**
     * What came of the comparison.
     *
     * @throws dev.featuremap.Failure (model) when the folder has no such file, or not one of a comparison
     */
    public ComparisonResult result() {
        return RunDirectory.read(
                path.resolve(RESULT),
                ComparisonResult.class,
                "name the folder of a comparison that a compare command has finished");
    }

    /**
     * Writes {@code comparison.json}, and {@code comparison.csv}: a row per member, seed, fold (where there are some) and metric,
     * the value empty where a run has none.
     */
    public void write(ComparisonResult result, List<Metric> metrics) {
        List<String[]> rows = new ArrayList<>();
        boolean folds = result.question().folds() != null;
        rows.add(row(folds, "member", "seed", "fold", "status", "metric", "value"));
        for (ComparisonResult.Member member : result.members()) {
            for (RunOutcome run : member.runs()) {
                for (Metric metric : metrics) {
                    OptionalDouble value = run.value(metric);
                    rows.add(row(
                            folds,
                            member.name(),
                            Long.toString(run.seed()),
                            String.valueOf(run.fold()),
                            run.status().word(),
                            metric.word(),
                            value.isPresent() ? Double.toString(value.getAsDouble()) : ""));
                }
            }
        }
        DirectoryLock.write(path.resolve(TABLE), out -> Csv.write(out, rows));
        DirectoryLock.write(path.resolve(RESULT), Json.write(result));
    }

    private static String[] row(boolean folds, String member, String seed, String fold, String... others) {
        Stream<String> run = folds ? Stream.of(member, seed, fold) : Stream.of(member, seed);
        return Stream.concat(run, Stream.of(others)).toArray(String[]::new);
    }
}
