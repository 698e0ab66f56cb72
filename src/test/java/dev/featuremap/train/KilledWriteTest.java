package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.JavaCommand;
import dev.featuremap.Stress;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.Disk;
import dev.featuremap.run.RunResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 inside a checkpoint's writing: a process pauses before a change to the disk, and is killed there. */
@Tag("fault")
class KilledWriteTest {
    /** The checkpoint that is killed: the first that has an older one deleted. */
    private static final String THIRD = "step-6";

    private static final String FOURTH = "step-7";

    @TempDir
    Path folder;

    @Test
    void thePreviousOrTheNewCheckpointServesWhereverItIsKilled() throws Exception {
        List<String> paths = new ArrayList<>();
        RunResult whole = Runs.trainOn(
                new Disk((change, path) -> paths.add(path.getFileName().toString())),
                experiment(),
                folder.resolve("whole"));
        // Changes are counted from 1.
        List<Integer> points = IntStream.rangeClosed(1 + paths.indexOf(THIRD + ".tmp"), paths.indexOf(FOURTH + ".tmp"))
                .boxed()
                .toList();
        assertThat(points).hasSizeGreaterThan(20);

        // Each costs the start of a process: few of them where nobody asked for stress.
        int repetitions = Stress.count("stress.writePoints", 0);
        List<Integer> tried = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            tried.addAll(points);
        }
        if (repetitions == 0) {
            points.stream().filter(point -> point % 5 == 0).forEach(tried::add);
        }
        for (int i = 0; i < tried.size(); i++) {
            Path run = folder.resolve("killed-" + i);
            killBefore(tried.get(i), run);

            RunResult resumed = Runs.resume(run, new TrainingWatcher() {
                @Override
                public void resumed(int epoch, long step, long lostSteps) {
                    assertThat(step).isIn(4L, 6L);
                    assertThat(lostSteps).isEqualTo(6 - step);
                }
            });

            assertThat(resumed.parametersSha256()).isEqualTo(whole.parametersSha256());
        }
        Stress.tell(
                2,
                "kill -9 inside checkpoint writing, after which the checkpoint before or the new one serves",
                tried.size() + " of " + tried.size() + " kills at " + points.size() + " points");
    }

    private static void killBefore(int change, Path run) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xmx256m"),
                        Pausing.class.getName(),
                        List.of(Integer.toString(change), run.toString())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(Optional.ofNullable(out.readLine())).contains("paused");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Experiment experiment() {
        return Runs.small("training.epochs=1", "training.checkpoint={everySteps: 2}");
    }

    /** A training that stands still before a change to the disk. */
    static final class Pausing {
        private Pausing() {}

        public static void main(String[] args) {
            int pauseBefore = Integer.parseInt(args[0]);
            int[] seen = {0};
            Runs.trainOn(
                    new Disk((change, path) -> {
                        seen[0]++;
                        if (seen[0] == pauseBefore) {
                            System.out.println("paused");
                            while (true) {
                                LockSupport.park();
                            }
                        }
                    }),
                    experiment(),
                    Path.of(args[1]));
        }
    }
}
