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
        assertThat(test.r2()).isNull();
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

    @Test
    void refusesRowsThatDoNotFollowOnThoseBefore() throws IOException {
        RunDirectory run = RunDirectory.create(folder.resolve("run"));
        Path file = run.path().resolve("metrics.csv");
        String header = "epoch,step,split,loss,accuracy,mse,mae,seconds,examples_per_second\n";
        String train = ",train,0.5,0.5,0.25,0.25,1.000,10.0\n";
        String validation = ",validation,0.5,0.5,0.25,0.25,,\n";
        String test = ",test,0.5,0.5,0.25,0.25,,\n";
        String two = "1,5" + train + "1,5" + validation + "2,10" + train + "2,10" + validation;

        for (String sound : new String[] {
            "1,5" + train + "1,5" + test + "2,10" + train + "2,10" + test, two, two + "1,5" + test, two + "2,10" + test
        }) {
            Files.writeString(file, header + sound);
            assertThat(run.metricsRows()).hasSize((int) sound.lines().count());
        }
        for (String[] wrong : new String[][] {
            {"1,0" + train, "line 2 tells of epoch 1, step 0, split train"},
            {"2,10" + train, "line 2 tells of epoch 2, step 10, split train"},
            {"1,5" + test, "line 2 tells of epoch 1, step 5, split test"},
            {"1,5" + validation, "line 2 tells of epoch 1, step 5, split validation"},
            {"1,5" + train + "1,6" + validation, "line 3 tells of epoch 1, step 6, split validation"},
            {"1,5" + train + "1,5" + train, "line 3 tells of epoch 1, step 5, split train"},
            {"1,5" + train + "2,10" + validation, "line 3 tells of epoch 2, step 10, split validation"},
            {two.replace("2,10" + validation, "2,10" + test), "line 5 tells of epoch 2, step 10, split test"},
            {"1,5" + train + "1,5" + test + "1,5" + test, "line 4 tells of epoch 1, step 5, split test"},
            {two + "3,15" + test, "line 6 tells of epoch 3, step 15, split test"},
            {two + "0,0" + test, "line 6 tells of epoch 0, step 0, split test"},
            {two + "2,10" + test + "2,10" + test, "line 7 tells of epoch 2, step 10, split test"},
            {two.replaceFirst("0.5", "NaN"), "line 2 tells of epoch 1, step 5, split train"},
            {two.replaceFirst("validation,0.5,0.5", "validation,0.5,"), "line 3 tells of epoch 1, step 5"},
        }) {
            Files.writeString(file, header + wrong[0]);
            assertThatThrownBy(run::metricsRows)
                    .as(wrong[0])
                    .hasMessageStartingWith(file + " cannot be read: " + wrong[1])
                    .hasMessageEndingWith(", which does not follow on the lines before");
        }
        Files.writeString(file, header + "1,5" + train + "1,5" + validation.replace("0.5,0.5", "0.5,1.5"));
        assertThatThrownBy(run::metricsRows).hasMessage(file + " cannot be read: line 3 is not a row of metrics");
    }

    private static MetricsRow row(Split split) {
        return new MetricsRow(1, 63, split, 0.1, null, 0.2, 0.3, null, null);
    }
}
