package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.Experiment;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.page.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    @Test
    void inAPipeALongEpochSaysWhereItIsOnceAMinute() {
        train(false, 181);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "epoch 1/3  step 31/600  loss 0.2500  32 examples/s  19 min of this epoch left",
                        "epoch 1/3  step 61/600  loss 0.2500  32 examples/s  18 min of this epoch left",
                        "epoch 1/3  step 91/600  loss 0.2500  32 examples/s  17 min of this epoch left");
    }

    @Test
    void aShortEpochSaysNothingOnItsWay() {
        train(false, 59);
        assertThat(err.size()).isZero();
    }

    @Test
    void quietSaysNothing() {
        train(true, 600);
        assertThat(err.size()).isZero();
    }

    /** Steps of two seconds, for so many seconds. */
    private void train(boolean quiet, int seconds) {
        Experiment experiment = ExperimentFile.read(Path.of("conf/experiment/mnist-lenet.yaml"), List.of());
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(errors, errors, false, Screen.of("", false));
        try (TrainingProgress progress = new TrainingProgress(quiet ? terminal.silent() : terminal, () -> now)) {
            progress.began(experiment);
            for (int step = 1; 2 * step <= seconds + 2; step++) {
                now = step * 2L * SECOND;
                progress.stepped(1, step, 600, 0.25);
            }
        }
    }
}
