package dev.featuremap.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.jobs.Cluster;
import dev.featuremap.jobs.PlannedRun;
import dev.featuremap.jobs.PlannedRuns;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunResult;
import dev.featuremap.train.TrainingWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cluster of three processes, one of which is killed in the middle; {@code -Dkills=5} does so five times.
 *
 * <p>Runs after {@code package}: the cluster's machines get featuremap-spark.jar.
 */
@Tag("fault")
class StandaloneClusterTest {
    private static final int KILLS = Integer.getInteger("kills", 1);

    @TempDir
    Path folder;

    private Small small;

    @BeforeEach
    void useTheJar() {
        Path jar = Path.of("target/spark/featuremap-spark.jar").toAbsolutePath();
        assertThat(jar).as("made by mvn -Pspark package").isRegularFile();
        System.setProperty(SparkSettings.JAR, jar.toString());
        small = new Small(folder);
    }

    @AfterEach
    void forgetTheJar() {
        System.clearProperty(SparkSettings.JAR);
    }

    @Test
    void makesEveryRunThoughAWorkerIsKilled() throws Exception {
        String[] longer = {"training.epochs=12"};
        List<RunOutcome> here = small.make(small.here(), 6, "here", new PlannedRuns.Watcher() {}, longer);
        for (int i = 0; i < KILLS; i++) {
            try (StandaloneCluster machines = start("runs-" + i);
                    Cluster cluster = small.connect(machines.address())) {
                int[] ended = {0};
                PlannedRuns.Watcher killsOne = new PlannedRuns.Watcher() {
                    @Override
                    public void ended(PlannedRun run, RunOutcome outcome) {
                        ended[0]++;
                        if (ended[0] == 2) {
                            machines.kill(0);
                        }
                    }
                };

                List<RunOutcome> there = small.make(cluster.runMaker(), 6, "there-" + i, killsOne, longer);

                assertThat(there).extracting(RunOutcome::cause).containsOnlyNulls();
                assertThat(there)
                        .extracting(RunOutcome::test)
                        .isEqualTo(here.stream().map(RunOutcome::test).toList());
            }
        }
    }

    @Test
    void trainsToTheSameBitsThoughAWorkerIsKilled() throws Exception {
        Experiment experiment = Small.experiment("training.epochs=6", "training.spark={workers: 2, averageEvery: 1}");
        RunResult undisturbed = small.train("local[2]", experiment, "here");
        for (int i = 0; i < KILLS; i++) {
            try (StandaloneCluster machines = start("training-" + i)) {
                TrainingWatcher killsOne = new TrainingWatcher() {
                    @Override
                    public void stepped(int epoch, int step, int stepsPerEpoch, double loss) {
                        if (epoch == 3 && step == 6) {
                            machines.kill(1);
                        }
                    }
                };

                RunResult result = small.train(machines.address(), experiment, "there-" + i, killsOne);

                assertThat(result.parametersSha256()).isEqualTo(undisturbed.parametersSha256());
                assertThat(result.test()).isEqualTo(undisturbed.test());
            }
        }
    }

    @Test
    void saysSoWhenATaskNeedsMoreCoresThanAnyMachineHas() throws Exception {
        System.setProperty(SparkSettings.CORES_PER_TASK, "2");
        try (StandaloneCluster machines = start("small");
                Cluster cluster = small.connect(machines.address())) {
            assertThatThrownBy(cluster::runMaker)
                    .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
                        assertThat(failure).hasMessageContaining("2 cores");
                        assertThat(failure.remedy()).contains("FEATUREMAP_THREADS");
                    });
        } finally {
            System.clearProperty(SparkSettings.CORES_PER_TASK);
        }
    }

    private StandaloneCluster start(String name) throws IOException, InterruptedException {
        return StandaloneCluster.start(Files.createDirectory(folder.resolve(name)), 2);
    }
}
