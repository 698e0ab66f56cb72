package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.Stress;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.Disk;
import dev.featuremap.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint's writing that ends at any of its changes to the disk: by the process's death, or because the disk fails. */
@Tag("slow")
class CheckpointFaultTest {
    /** Checkpoints of steps 2, 4, 6 and 7: the third is the first to have an older one deleted. */
    private static final String[] KEYS = {"training.epochs=1", "training.checkpoint={everySteps: 2}"};

    @TempDir
    static Path folder;

    private static RunResult whole;
    private static int changes;

    @BeforeAll
    static void train() {
        List<Disk.Change> all = new ArrayList<>();
        whole = Runs.trainOn(new Disk((change, path) -> all.add(change)), experiment(), folder.resolve("whole"));
        changes = all.size();
    }

    @Test
    void deathAtAnyChangeToTheDiskLosesOneIntervalAtMost() throws IOException {
        int checked = 0;
        for (int at = 1; at <= changes; at++) {
            Path run = folder.resolve("death-" + at);
            Disk dying = failingAt(at, path -> {
                throw new Runs.Killed();
            });
            assertThatThrownBy(() -> Runs.trainOn(dying, experiment(), run)).isInstanceOf(Runs.Killed.class);

            RunResult resumed = Runs.resume(run, atMostTwoStepsLost());

            assertThat(resumed.parametersSha256()).as("change %d", at).isEqualTo(whole.parametersSha256());
            assertThat(leftovers(run)).as("change %d", at).isEmpty();
            checked++;
        }
        assertThat(checked).isGreaterThan(80);
    }

    @Test
    void aDiskThatFailsAtAnyChangeLeavesTheLastCheckpointSound() throws IOException {
        int apart = Stress.count("stress.writePoints", 0) > 0 ? 1 : 4;
        for (int at = 1; at <= changes; at += apart) {
            Path run = folder.resolve("full-" + at);
            Disk full = failingAt(at, path -> {
                throw new IOException("No space left on device");
            });
            assertThatThrownBy(() -> Runs.trainOn(full, experiment(), run))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
                        assertThat(failure).hasMessageContainingAll("cannot write " + run, "No space left on device");
                    });

            // A start that fails before anything is trained leaves no folder to go on in.
            RunResult ended =
                    Files.exists(run) ? Runs.resume(run, atMostTwoStepsLost()) : Runs.train(experiment(), run);

            assertThat(ended.parametersSha256()).as("change %d", at).isEqualTo(whole.parametersSha256());
        }
    }

    private static TrainingWatcher atMostTwoStepsLost() {
        return new TrainingWatcher() {
            @Override
            public void resumed(int epoch, long step, long lostSteps) {
                assertThat(lostSteps).isLessThanOrEqualTo(2);
            }
        };
    }

    private static Disk failingAt(int at, Fault fault) {
        int[] seen = {0};
        return new Disk((change, path) -> {
            seen[0]++;
            if (seen[0] == at) {
                fault.strike(path);
            }
        });
    }

    private interface Fault {
        void strike(Path path) throws IOException;
    }

    private static List<Path> leftovers(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tmp"))
                    .toList();
        }
    }

    private static Experiment experiment() {
        return Runs.small(KEYS);
    }
}
