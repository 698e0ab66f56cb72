package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;

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
        Scores test = new Scores(5, Double.NaN, null, 1e-9, 2, 0.5, null, null);
        run.metrics().addEpoch(1, 63, train, test, 1.5, 42);
        assertThat(run.metricsRows())
                .containsExactly(
                        new MetricsRow(1, 63, "train", 0.125, 0.5, 0.25, 0.75, 1.5, 42.0),
                        new MetricsRow(1, 63, "test", Double.NaN, null, 1e-9, 2, null, null));
    }
}
