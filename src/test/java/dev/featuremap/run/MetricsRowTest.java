package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.experiment.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void goesBackToEarlierRows() {
        RunDirectory run = RunDirectory.create(folder.resolve("run"));
        MetricsLog log = run.metrics();
        Scores scores = new Scores(10, 0.125, 0.5, 0.25, 0.75, null, null, null);
        log.addEpoch(1, 63, new EpochScores(scores, Split.TEST, scores), 1.5, 42);
        List<MetricsRow> first = log.rows();
        log.addEpoch(2, 126, new EpochScores(scores, Split.TEST, scores), 1.5, 42);
        assertThat(log.rows()).hasSize(4);

        log.restore(first);
        assertThat(log.rows()).isEqualTo(first);
        assertThat(run.metricsRows()).isEqualTo(first);

        log.restore(List.of());
        assertThat(run.path().resolve("metrics.csv")).doesNotExist();
    }

    @Test
    void aRunWatchesValidationDataWhereSomeAreHeldOut() {
        MetricsRow train = row(Split.TRAIN);
        MetricsRow validation = row(Split.VALIDATION);
        MetricsRow test = row(Split.TEST);

        assertThat(MetricsRow.watched(List.of(train, validation, test))).containsExactly(validation);
        assertThat(MetricsRow.watched(List.of(train, test))).containsExactly(test);
        assertThat(MetricsRow.watchedSplit(List.of())).isEqualTo(Split.TEST);
        assertThat(train.isTrain()).isTrue();
        assertThat(test.isTrain()).isFalse();
    }

    @Test
    void refusesWhatAreNoMetrics() throws IOException {
        RunDirectory run = RunDirectory.create(folder.resolve("run"));
        Path file = run.path().resolve("metrics.csv");
        String header = "epoch,step,split,loss,accuracy,mse,mae,seconds,examples_per_second\n";

        Files.writeString(file, header + "1,63,train\n");
        assertThatThrownBy(run::metricsRows).hasMessage(file + " cannot be read: line 2 is not a row of metrics");
        Files.writeString(file, "a,b\n");
        assertThatThrownBy(run::metricsRows)
                .hasMessage(file + " cannot be read: its first line is not " + header.strip());
        Files.writeString(file, "");
        assertThatThrownBy(run::metricsRows).hasMessageContaining("its first line is not");
    }

    private static MetricsRow row(Split split) {
        return new MetricsRow(1, 63, split, 0.1, null, 0.2, 0.3, null, null);
    }
}
