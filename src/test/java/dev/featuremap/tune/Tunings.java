package dev.featuremap.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small search: learning rate, filters, loss, a dropout that may be left out and a block that may be repeated. */
final class Tunings {
    static final String TEXT = """
            name: small
            candidates: 6
            seed: 3
            experiment:
              name: tiny
              data: {source: xo, trainExamples: 120, testExamples: 50, deform: {shift: 1, noise: 0.5, missing: 0.3}}
              network:
                layers:
                  - {type: convolution, filters: {int: [2, 4]}, kernel: 3, activation: relu}
                  - optional: {type: dropout, rate: {uniform: [0.1, 0.5]}}
                  - repeat: [0, 2]
                    layers:
                      - {type: dense, units: {choice: [8, 16]}, activation: relu}
                  - {type: output, units: 2}
              loss: {choice: [mse, mcxent]}
              training: {epochs: 2, batchSize: 10, updater: {type: adam, learningRate: {log: [1e-4, 1e-1]}}}
            """;

    private Tunings() {}

    /** Writes the search into a folder, and reads it. */
    static Tuning in(Path folder, String... overrides) throws IOException {
        return TuningFile.read(file(folder), List.of(overrides));
    }

    static Path file(Path folder) throws IOException {
        Path file = folder.resolve("small.yaml");
        Files.writeString(file, TEXT);
        return file;
    }
}
