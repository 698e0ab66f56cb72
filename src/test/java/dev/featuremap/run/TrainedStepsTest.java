package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedStepsTest {
    private static final Scores SCORES = new Scores(10, 0.5, 0.75, 0.1, 0.1, null, null, null);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("steps");
    }

    @Test
    void isTheLastCountThatWasSet() throws IOException {
        try (TrainedSteps steps = TrainedSteps.open(file, 63)) {
            steps.set(1234567);
            assertThat(TrainedSteps.read(file)).isEqualTo(1234567);
            steps.set(8);
        }
        assertThat(TrainedSteps.read(file)).isEqualTo(8);
        assertThat(Files.readString(file)).isEqualTo(" ".repeat(19) + "8\n" + " ".repeat(18) + "63\n");
        assertThat(TrainedSteps.readStepsPerEpoch(file)).isEqualTo(63);
    }

    @Test
    void keepsTheCountOfAnEarlierVersionUntilAnotherIsSet() throws IOException {
        Files.writeString(file, " ".repeat(19) + "8\n");
        assertThat(TrainedSteps.readStepsPerEpoch(file)).isZero();
        TrainedSteps.open(file, 63).close();
        assertThat(TrainedSteps.read(file)).isEqualTo(8);
        assertThat(TrainedSteps.readStepsPerEpoch(file)).isEqualTo(63);
    }

    @Test
    void isNoneWithoutASoundFile() throws IOException {
        assertThat(TrainedSteps.read(file)).isZero();
        Files.writeString(file, "");
        assertThat(TrainedSteps.read(file)).isZero();
        Files.writeString(file, "-5\n");
        assertThat(TrainedSteps.read(file)).isZero();
        Files.writeString(file, "9".repeat(19) + "\n");
        assertThat(TrainedSteps.read(file)).isZero();
    }

    @Test
    void aTrainingHasBegunAnEpochWithItsFirstBatch() {
        assertThat(TrainingState.START.begunEpochs()).isZero();
        assertThat(new TrainingState(3, 0, 20, 0, 0, SCORES, null, null, null).begunEpochs())
                .isEqualTo(2);
        assertThat(new TrainingState(3, 1, 21, 0, 0, SCORES, null, null, null).begunEpochs())
                .isEqualTo(3);
    }
}
