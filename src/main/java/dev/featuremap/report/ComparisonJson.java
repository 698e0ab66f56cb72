package dev.featuremap.report;

import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.run.Json;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code comparison.json}: the members of a comparison, how they did, and what can be concluded. */
record ComparisonJson(String name, List<Member> members, List<Difference> differences, String conclusion) {
    private static final String FILE = "comparison.json";

    record Member(String name, List<String> overrides, List<Run> runs, Map<String, Summary> summary) {}

    /** One seed's run; {@code cause} says why it diverged or failed, {@code test} is null then. */
    record Run(long seed, RunStatus status, String cause, Scores test) {}

    /** A metric over the seeds; {@code sd} and {@code ci95}, the mean's 95 % interval, are null for one seed. */
    record Summary(int n, double mean, Double sd, List<Double> ci95) {}

    /** The paired difference member − against in one metric; {@code effectSize} is in standard deviations. */
    record Difference(
            String member, String against, String metric, double mean, List<Double> ci95, Double effectSize) {}

    ComparisonJson {
        members = members == null ? List.of() : List.copyOf(members);
        differences = differences == null ? List.of() : List.copyOf(differences);
    }

    static boolean isIn(Path folder) {
        return RegularFiles.isFile(folder.resolve(FILE));
    }

    /** @throws Failure (usage) when the folder has no such file, or not one of a comparison */
    static ComparisonJson read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            return Json.read(file, ComparisonJson.class);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    file + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "name the folder of a comparison that a compare command has finished",
                    e);
        }
    }
}
