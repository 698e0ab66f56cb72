package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One example minus the mean of one example is 0: a batch normalisation of units learns nothing from a batch of one. */
@Tag("slow")
class BatchOfOneTest {
    private static final String UNITS = "network.layers=[{type: dense, units: 8, activation: relu},"
            + " {type: batchNormalization}, {type: output, units: 2}]";
    private static final String MAPS = "network.layers=[{type: convolution, filters: 3, kernel: 3, activation: relu},"
            + " {type: batchNormalization}, {type: output, units: 2}]";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "onednn"})
    void aLastBatchOfOneIsLeftOutAndSaidSo(String engine) {
        List<String> noted = new ArrayList<>();
        RunResult result = Runs.train(batches(UNITS, engine), folder.resolve("run"), new TrainingWatcher() {
            @Override
            public void noted(String line) {
                noted.add(line);
            }
        });

        assertThat(result.steps()).isEqualTo(2 * 2);
        assertThat(noted)
                .containsExactly("each epoch leaves out its last batch, which is of one example: the network's batch"
                        + " normalisation of units needs 2 or more");
    }

    @Test
    void theStatisticsOfFeatureMapsTakeItIn() {
        assertThat(Runs.train(batches(MAPS, "nd4j"), folder.resolve("run")).steps())
                .isEqualTo(2 * 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nd4j", "onednn"})
    void aResumedRunLeavesOutTheSame(String engine) {
        Experiment experiment = batches(UNITS, engine);
        RunResult whole = Runs.train(experiment, folder.resolve("whole"));
        Runs.trainUntilStopped(experiment, folder.resolve("stopped"), 3);

        assertThat(Runs.resume(folder.resolve("stopped")).parametersSha256()).isEqualTo(whole.parametersSha256());
    }

    @Test
    void batchesOfOneAreRefused() {
        Experiment experiment = Runs.small(UNITS, "training.batchSize=1");

        assertThatThrownBy(() -> Runs.train(experiment, folder.resolve("run")))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(
                        "training: found batches of 1 example; the network's batch normalisation of units");
    }

    /** Two batches of 32 and one of 1. */
    private static Experiment batches(String network, String engine) {
        return Runs.small(network, "data.trainExamples=65", "training.engine=" + engine);
    }
}
