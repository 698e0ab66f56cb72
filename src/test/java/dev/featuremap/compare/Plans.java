package dev.featuremap.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small comparison: mse and mae on tiny letters with the seeds 1 and 2. */
final class Plans {
    private Plans() {}

    /** Writes the comparison and its base into a folder, and works it out. */
    static ComparisonPlan of(Path folder, String... overrides) throws IOException {
        Path base = folder.resolve("base.yaml");
        Files.writeString(base, """
                name: tiny
                data: {source: xo, trainExamples: 100, testExamples: 50, deform: {shift: 1, noise: 0.5, missing: 0.3}}
                network:
                  layers:
                    - {type: convolution, filters: 2, kernel: 3, activation: relu}
                    - {type: output, units: 2}
                training: {epochs: 1, batchSize: 10, updater: {type: adam, learningRate: 0.01}}
                """);
        Path comparison = folder.resolve("comparison.yaml");
        Files.writeString(comparison, """
                name: small
                base: %s
                seeds: 2
                losses: [mse, mae]
                """.formatted(base));
        return new ComparisonPlan(ComparisonFile.read(comparison, List.of(overrides)), base);
    }
}
