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

/** {@code tuning.json}: the spaces of a search, its candidates, and the best. */
record TuningJson(
        String name,
        String generator,
        long seed,
        String metric,
        boolean higherIsBetter,
        double validationShare,
        String ended,
        List<Space> spaces,
        List<Candidate> candidates,
        List<Importance> importance,
        Best best) {
    private static final String FILE = "tuning.json";

    /** A space; {@code options} are a choice's, {@code low} and {@code high} those of numbers. */
    record Space(String key, String kind, Double low, Double high, List<String> options) {}

    /** A candidate; {@code cause} says why it has no score. */
    record Candidate(
            int index,
            Map<String, Object> parameters,
            RunStatus status,
            String cause,
            Double score,
            Integer epochs,
            String start,
            Double seconds) {
        /** Whether its score is that of training that came to its end. */
        boolean counts() {
            return score != null && cause == null && status != RunStatus.ABANDONED;
        }
    }

    /** How much of the differences a space accounts for by itself; {@code correlation} is null for a choice. */
    record Importance(String key, double share, Double correlation, int candidates) {}

    record Best(int index, Map<String, Object> parameters, Scores validation, Scores test) {}

    TuningJson {
        spaces = spaces == null ? List.of() : List.copyOf(spaces);
        candidates = candidates == null ? List.of() : List.copyOf(candidates);
        importance = importance == null ? List.of() : List.copyOf(importance);
    }

    static boolean isIn(Path folder) {
        return RegularFiles.isFile(folder.resolve(FILE));
    }

    /** @throws Failure (usage) when the folder has no such file, or not one of a search */
    static TuningJson read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            TuningJson tuning = Json.read(file, TuningJson.class);
            if (tuning.best == null || tuning.metric == null) {
                throw new IOException("it has no best candidate");
            }
            return tuning;
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.USAGE,
                    file + " cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "name the folder of a search that a tune command has finished",
                    e);
        }
    }

    /** Those with scores that count, the best first. */
    List<Candidate> ranked() {
        return candidates.stream()
                .filter(Candidate::counts)
                .sorted((one, other) -> higherIsBetter
                        ? Double.compare(other.score(), one.score())
                        : Double.compare(one.score(), other.score()))
                .toList();
    }
}
