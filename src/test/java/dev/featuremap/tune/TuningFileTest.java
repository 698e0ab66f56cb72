package dev.featuremap.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningFileTest {
    @TempDir
    Path folder;

    @Test
    void printsWhatItReads() throws IOException {
        Tuning tuning = Tunings.in(folder);
        Path printed = folder.resolve("printed.yaml");
        Files.writeString(printed, TuningFile.print(tuning));

        Tuning again = TuningFile.read(printed, List.of());

        assertThat(TuningFile.print(again)).isEqualTo(TuningFile.print(tuning));
        assertThat(again.experiment().spaces()).isEqualTo(tuning.experiment().spaces());
        assertThat(again.experiment().example()).isEqualTo(tuning.experiment().example());
    }

    @Test
    void takesOverridesOfTheExperimentAndOfTheSearch() throws IOException {
        Tuning tuning = Tunings.in(
                folder, "tune.candidates=9", "training.epochs=5", "training.batchSize={choice: [10, 20]}", "loss=mse");

        assertThat(tuning.candidates()).contains(9);
        assertThat(tuning.experiment().example().training().epochs()).isEqualTo(5);
        assertThat(tuning.experiment().spaces())
                .containsKey("training.batchSize")
                .doesNotContainKey("loss");
    }

    @Test
    void ranksClassesByAccuracyUnlessTold() throws IOException {
        assertThat(Tunings.in(folder).rankedBy()).isEqualTo(Metric.ACCURACY);
        assertThat(Tunings.in(folder, "tune.metric=mse").rankedBy()).isEqualTo(Metric.MSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "candidates: 6 | candidates: {int: [1, 5]} | 2: candidates: found a map of int; allowed: a whole number in"
                        + " [1, 100000]",
                "candidates: 6 | generator: random | ' candidates: found nothing; allowed: a number, or one of minutes:"
                        + " only a grid ends by itself'",
                "candidates: 6 | candidats: 6 | 2: candidats: unknown key; allowed: name, generator, candidates, minutes,"
                        + " seed, validationShare, metric, earlyStopping, gridPoints, population, experiment;"
                        + " did you mean candidates?",
                "candidates: 6 | 'candidates: 6\nmetric: r2' | 3: metric: found r2; allowed: accuracy, loss, mse or mae",
                "candidates: 6 | 'candidates: 6\nmetric: loss' | 3: metric: found loss; allowed: another: the candidates'"
                        + " losses are on different scales",
            })
    void refusesABadKeyWithItsPlace(String good, String bad, String message) throws IOException {
        assertThat(Tunings.TEXT).contains(good);
        Path file = folder.resolve("bad.yaml");
        Files.writeString(file, Tunings.TEXT.replace(good, bad));

        Failure failure = catchThrowableOfType(Failure.class, () -> TuningFile.read(file, List.of()));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure).hasMessage(file + ":" + message);
    }
}
