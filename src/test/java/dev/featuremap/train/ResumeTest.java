package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.EpochScores;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is cut and resumed comes to the very bits of one that is not. */
@Tag("slow")
class ResumeTest {
    /** 3 epochs of 7 steps: dropout, augmented letters, shuffling, batch normalisation, a schedule, early stopping and
     * the best kept by validation data, which leave about 207 of 230 examples to train on. */
    private static final String[] EVERYTHING = {
        "training.epochs=3",
        "data.trainExamples=230",
        "data.augment={rotation: 10, shift: 1, flip: horizontal, elastic: {alpha: 10}, erase: 0.1, noise: 0.05}",
        "network.layers=[{type: convolution, filters: 4, kernel: 3, activation: relu}, {type: batchNormalization},"
                + " {type: subsampling, size: 2}, {type: dropout, rate: 0.2}, {type: output, units: 2}]",
        "network.weightDecay=0.1",
        "training.gradientNormalization={type: clipNorm, threshold: 0.5}",
        "training.labelSmoothing=0.1",
        "training.classWeights=balanced",
        "training.emaDecay=0.9",
        "training.updater={type: adam, learningRate: {schedule: cosine, max: 0.02, warmup: 5, over: 35}}",
        "training.earlyStopping={metric: accuracy, patience: 3}",
        "training.keepBest=true",
        "training.checkpoint={everySteps: 4}"
    };

    @TempDir
    static Path folder;

    private static final Map<String, Path> WHOLE = new HashMap<>();

    @BeforeAll
    static void trainWithoutACut() {
        for (String engine : new String[] {"nd4j", "onednn"}) {
            Path run = folder.resolve("whole-" + engine);
            Runs.train(experiment(engine), run);
            WHOLE.put(engine, run);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nd4j, 0", "nd4j, 1", "nd4j, 4", "nd4j, 7", "nd4j, 10", "nd4j, 14", "nd4j, 20", "nd4j, 21",
        "onednn, 0", "onednn, 1", "onednn, 4", "onednn, 7", "onednn, 10", "onednn, 14", "onednn, 20", "onednn, 21"
    })
    void aKilledRunComesToTheSameBits(String engine, int step) throws IOException {
        Path run = folder.resolve("killed-" + engine + "-" + step);
        Runs.trainUntilKilled(experiment(engine), run, step);
        assertThat(run.resolve("result.json")).doesNotExist();

        Runs.resume(run);

        assertSame(run, WHOLE.get(engine));
    }

    @ParameterizedTest
    @CsvSource({"nd4j, 1", "nd4j, 7", "nd4j, 10", "nd4j, 21", "onednn, 1", "onednn, 7", "onednn, 10", "onednn, 21"})
    void aStoppedRunLosesNoStepAndComesToTheSameBits(String engine, int step) throws IOException {
        Path run = folder.resolve("stopped-" + engine + "-" + step);

        Failure stopped = Runs.trainUntilStopped(experiment(engine), run, step);
        assertThat(stopped.kind()).isEqualTo(Failure.Kind.INTERRUPTED);
        assertThat(stopped).hasMessageStartingWith("stopped after step " + step + " (epoch ");
        assertThat(stopped.remedy()).isEqualTo("go on with: featuremap train --resume " + run);
        List<Long> lost = new ArrayList<>();
        Runs.resume(run, new TrainingWatcher() {
            @Override
            public void resumed(int epoch, long trained, long lostSteps) {
                assertThat(trained).isEqualTo(step);
                lost.add(lostSteps);
            }
        });

        assertThat(lost).containsExactly(0L);
        assertSame(run, WHOLE.get(engine));
    }

    @Test
    void aRunKilledAfterAnEpochsScoresButBeforeItsCheckpointWritesThemOnce() throws IOException {
        Path run = folder.resolve("scored");
        TrainingWatcher killer = new TrainingWatcher() {
            @Override
            public void epochEnded(int epoch, EpochScores scores, double seconds, double examplesPerSecond) {
                if (epoch == 2) {
                    throw new Runs.Killed();
                }
            }
        };
        assertThatThrownBy(() -> Runs.train(experiment("onednn"), run, killer)).isInstanceOf(Runs.Killed.class);
        assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(5);

        Runs.resume(run);

        assertSame(run, WHOLE.get("onednn"));
    }

    @Test
    void aRunCutAgainAndAgainComesToTheSameBits() throws IOException {
        Path run = folder.resolve("again");
        Runs.trainUntilStopped(experiment("onednn"), run, 2);
        for (int step : new int[] {3, 7, 8, 15}) {
            Runs.resumeUntilStopped(run, step);
        }
        Runs.resume(run);
        assertSame(run, WHOLE.get("onednn"));
        assertThat(run.resolve("provenance.json"))
                .content()
                .containsPattern("\"resumed_at_steps\" : \\[ 2, 3, 7, 8, 15 ]");
    }

    @Test
    void rowsWrittenBeforeTheCutStayByteForByte() throws IOException {
        Path run = folder.resolve("rows");
        Runs.trainUntilKilled(experiment("onednn"), run, 12);
        String before = Files.readString(run.resolve("metrics.csv"));
        Runs.resume(run);
        assertThat(Files.readString(run.resolve("metrics.csv")))
                .startsWith(before)
                .hasLineCount(8);
    }

    @Test
    void whoeverAsksInTheRunsDirectoryStopsItAndNothingIsLost() throws IOException {
        Path run = folder.resolve("asked");
        TrainingWatcher asking = new TrainingWatcher() {
            private boolean asked;

            @Override
            public void stepped(int epoch, int step, int stepsPerEpoch, double loss) {
                if (!asked) {
                    asked = true;
                    RunDirectory.openBegun(run).stop().ask();
                    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1); // It is looked for once a second.
                    while (System.nanoTime() < until) {
                        LockSupport.parkNanos(until - System.nanoTime());
                    }
                }
            }
        };
        Failure stopped = catchThrowableOfType(Failure.class, () -> Runs.train(experiment("onednn"), run, asking));
        assertThat(stopped.kind()).isEqualTo(Failure.Kind.TERMINATED);
        assertThat(stopped).hasMessageStartingWith("stopped after step 1 (epoch 1 of 3)");
        assertThat(run.resolve("stop")).doesNotExist();

        RunDirectory.openBegun(run).stop().ask(); // Of a run that nobody trains it is forgotten when it goes on.
        Runs.resume(run);

        assertSame(run, WHOLE.get("onednn"));
    }

    @Test
    void withoutShufflingAndWithEarlyStoppingItEndsWhereItWouldHave() throws IOException {
        String[] plain = {
            "training.epochs=50",
            "training.shuffle=false",
            "training.earlyStopping={metric: accuracy, patience: 2, minDelta: 1}",
            "training.checkpoint={everySteps: 5, atEpochEnds: false}"
        };
        RunResult whole = Runs.train(Runs.small(plain), folder.resolve("early-whole"));
        Path run = folder.resolve("early");
        Runs.trainUntilKilled(Runs.small(plain), run, 13);
        RunResult resumed = Runs.resume(run);
        assertThat(resumed.status()).isEqualTo(RunStatus.STOPPED_EARLY);
        assertThat(resumed.epochs()).isEqualTo(3);
        assertThat(resumed.parametersSha256()).isEqualTo(whole.parametersSha256());
    }

    @Test
    void withAFoldHeldOutAndLabelNoiseItComesToTheSameBits() throws IOException {
        Experiment noisy = Runs.small(
                "data.labelNoise=0.3",
                "training.validationFold={fold: 2, of: 4}",
                "training.keepBest=true",
                "training.checkpoint={everySteps: 4}");
        Path whole = folder.resolve("noisy-whole");
        Path run = folder.resolve("noisy");
        Runs.train(noisy, whole);
        Runs.trainUntilKilled(noisy, run, 7);

        Runs.resume(run);

        assertSame(run, whole);
    }

    @Test
    void aFinishedRunTrainsOnWithMoreEpochsAsIfItHadAlwaysHadThem() throws IOException {
        Path run = folder.resolve("more");
        Runs.train(experiment("onednn"), run);
        RunResult more = Runs.resume(run, TrainingWatcher.NONE, "training.epochs=5");
        Path whole = folder.resolve("more-whole");
        Runs.train(Runs.small(with(experimentKeys("onednn"), "training.epochs=5")), whole);
        assertThat(more.epochs()).isEqualTo(5);
        assertSame(run, whole);
    }

    private static void assertSame(Path run, Path whole) throws IOException {
        assertThat(run.resolve("model.zip")).hasSameBinaryContentAs(whole.resolve("model.zip"));
        assertThat(Runs.metricsWithoutTimes(run)).isEqualTo(Runs.metricsWithoutTimes(whole));
        assertThat(run.resolve("steps.csv")).hasSameBinaryContentAs(whole.resolve("steps.csv"));
        assertThat(run.resolve("predictions.csv")).hasSameBinaryContentAs(whole.resolve("predictions.csv"));
        assertThat(run.resolve("experiment.yaml")).hasSameBinaryContentAs(whole.resolve("experiment.yaml"));
        assertThat(run.resolve("network.json")).hasSameBinaryContentAs(whole.resolve("network.json"));
        assertThat(Runs.resultWithoutTimes(run)).isEqualTo(Runs.resultWithoutTimes(whole));
    }

    private static Experiment experiment(String engine) {
        return Runs.small(experimentKeys(engine));
    }

    private static String[] experimentKeys(String engine) {
        return with(EVERYTHING, "training.engine=" + engine);
    }

    private static String[] with(String[] keys, String key) {
        List<String> all = new ArrayList<>(List.of(keys));
        all.add(key);
        return all.toArray(String[]::new);
    }
}
