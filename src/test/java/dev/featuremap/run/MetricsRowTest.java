package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Split;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsRowTest {
    @TempDir
    Path folder;

    @Test
    void givesBackWhatTheLogWrote() {
        RunDirectory run = RunDirectory.create(folder.resolve("run"));
        assertThat(run.metricsRows()).isEmpty();
        Scores train = new Scores(10, 0.125, 0.5, 0.25, 0.75, null, null, null);
        Scores validation = new Scores(5, 7.5, 0.25, 1e-9, 2, null, null, null);
        run.metrics().addEpoch(1, 63, new EpochScores(train, Split.VALIDATION, validation), 1.5, 42);
        run.metrics().addTest(1, 63, validation);
        assertThat(run.metricsRows())
                .containsExactly(
                        new MetricsRow(1, 63, Split.TRAIN, 0.125, 0.5, 0.25, 0.75, 1.5, 42.0),
                        new MetricsRow(1, 63, Split.VALIDATION, 7.5, 0.25, 1e-9, 2, null, null),
                        new MetricsRow(1, 63, Split.TEST, 7.5, 0.25, 1e-9, 2, null, null));
    }
}
