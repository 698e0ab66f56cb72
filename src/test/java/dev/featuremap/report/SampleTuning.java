package dev.featuremap.report;

import dev.featuremap.run.Json;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import dev.featuremap.run.TuningResult;
import dev.featuremap.run.TuningResult.Candidate;
import dev.featuremap.run.TuningResult.Importance;
import dev.featuremap.run.TuningResult.Space;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A search's folder as the tune command leaves it: twelve candidates, one of them abandoned and one that failed. */
final class SampleTuning {
    static final List<Space> SPACES = List.of(
            new Space("network.layers[0].filters", "whole", 2.0, 9.0, null),
            new Space("network.layers[1].optional", "choice", null, null, List.of("absent", "present")),
            new Space("network.layers[1].optional.rate", "uniform", 0.1, 0.5, null),
            new Space("training.updater.learningRate", "log", 1e-4, 1e-1, null));

    private SampleTuning() {}

    static Path write(Path folder) {
        return write(folder, "the layers' <b>do not</b> fit");
    }

    /** @param cause why candidate 11 failed */
    static Path write(Path folder, String cause) {
        Scores scores = new Scores(100, 0.1, 0.95, 0.01, 0.02, null, null, null);
        TuningResult tuning = new TuningResult(
                "sample",
                "random",
                1,
                "accuracy",
                true,
                0.2,
                "candidates",
                SPACES,
                candidates(cause),
                List.of(
                        new Importance("network.layers[0].filters", 0.25, 0.5, 10),
                        new Importance("training.updater.learningRate", 0.5, -0.75, 10)),
                new TuningResult.Best(9, candidates(cause).get(9).parameters(), scores, scores, "run"),
                "best.yaml");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("tuning.json"), Json.write(tuning));
            Files.writeString(folder.resolve("best.yaml"), "name: sample # <i>\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SampleRun.in(folder.resolve("best-009")).sized(3, 100).write();
        return folder;
    }

    private static List<Candidate> candidates(String cause) {
        List<Candidate> candidates = new ArrayList<>();
        Instant start = Instant.parse("2026-11-24T10:00:00Z");
        for (int i = 0; i < 12; i++) {
            Map<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("network.layers[0].filters", 2 + i % 8);
            parameters.put("network.layers[1].optional", i % 2 == 0 ? "absent" : "present");
            if (i % 2 == 1) {
                parameters.put("network.layers[1].optional.rate", 0.1 + 0.03 * i);
            }
            parameters.put("training.updater.learningRate", Math.pow(10, -4 + 0.25 * i));
            boolean failed = i == 11;
            candidates.add(new Candidate(
                    i,
                    parameters,
                    failed ? RunStatus.FAILED : i == 10 ? RunStatus.ABANDONED : RunStatus.DONE,
                    failed ? cause : null,
                    failed ? null : 0.5 + 0.05 * i,
                    failed ? null : (Integer) 3,
                    failed ? null : start.plusSeconds(10L * i).toString(),
                    failed ? null : (Double) 8.0,
                    "run"));
        }
        return candidates;
    }
}
