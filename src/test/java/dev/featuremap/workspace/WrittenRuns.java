package dev.featuremap.workspace;

import dev.featuremap.experiment.DataShape;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Run directories as training leaves them, without their model. */
final class WrittenRuns {
    static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private WrittenRuns() {}

    /** A run of letters of which so many of 100 are told rightly; its files are a while old. */
    static RunDirectory ended(Path folder, int right, String... overrides) {
        Experiment experiment = experiment(overrides);
        RunDirectory run = RunDirectory.create(folder);
        run.writeExperiment(experiment);
        Scores test = Scores.ofClasses(
                (100 - right) / 100.0,
                0.25,
                0.5,
                List.of(List.of(right, 100 - right), List.of(0, 0)),
                List.of("X", "O"));
        run.writeResult(new RunResult(
                experiment.name(),
                experiment.seed(),
                RunStatus.DONE,
                new DataShape(1, 9, 9, List.of("X", "O")),
                2,
                20,
                null,
                null,
                null,
                test,
                new RunResult.Training("onednn", "f32", 12.5, 1000),
                "0".repeat(64),
                folder.toString()));
        age(folder);
        return run;
    }

    static Experiment experiment(String... overrides) {
        String text = """
                name: letters
                seed: 1
                data: {source: xo}
                network:
                  layers:
                    - {type: convolution, filters: 8, kernel: 3}
                    - {type: output, units: 2, activation: softmax}
                loss: mcxent
                training: {epochs: 2, updater: {type: adam, learningRate: 0.001}}
                """;
        return ExperimentFile.parse(text, "letters", Arrays.asList(overrides));
    }

    /** As if nothing had been written for a while. */
    static void age(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path file : inside.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
            }
            Files.setLastModifiedTime(folder, FileTime.from(LONG_AGO));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
