package dev.featuremap.compare;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small comparison: mse and mae on tiny letters with the seeds 1 and 2. */
final class Plans {
    private Plans() {}

    /** Makes a run's directory with a made-up result. */
    static void ended(Path folder) {
        Experiment experiment = ExperimentFile.read(Path.of("conf/experiment/xo-cnn.yaml"), List.of());
        new FakeRuns(run -> 0.5).make(experiment, folder);
    }

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
