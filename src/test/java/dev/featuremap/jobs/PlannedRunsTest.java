package dev.featuremap.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.backend.Memory;
import dev.featuremap.run.DirectoryLock;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import dev.featuremap.train.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes that end by a signal's exit code. */
@Tag("fault")
class PlannedRunsTest {
    @TempDir
    Path folder;

    /** A command line that ends as Ctrl-C ends one. */
    static final class Interrupted {
        private Interrupted() {}

        public static void main(String[] arguments) {
            System.exit(130);
        }
    }

    /** A command line that dies. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().halt(137);
        }
    }

    @Test
    void anInterruptedRunIsNotKeptAsAFailure() {
        PlannedRuns runs = runs(Interrupted.class);

        assertThatThrownBy(() -> runs.settle(run()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.INTERRUPTED));
        assertThatThrownBy(() -> runs.make(List.of(run())))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.INTERRUPTED));
        assertThat(run().failure()).isEmpty();
    }

    @Test
    void aRunWhoseProcessDiedIsKeptAsAFailureAndNotMadeAgain() throws Exception {
        RunOutcome outcome = runs(Killed.class).settle(run());
        RunOutcome again = runs(Interrupted.class).settle(run());

        assertThat(outcome.status()).isEqualTo(RunStatus.FAILED);
        assertThat(outcome.cause()).startsWith("the run's process ended with exit code 137");
        assertThat(again).isEqualTo(outcome);
        assertThat(Files.readString(folder.resolve("run/failure.json"))).contains("137");
    }

    @Test
    void waitsForAProcessThatIsStillSavingTheRun() throws Exception {
        Files.createDirectories(folder.resolve("run"));
        AtomicBoolean released = new AtomicBoolean();
        DirectoryLock saving = DirectoryLock.of(folder.resolve("run"));
        Thread process = new Thread(() -> {
            LockSupport.parkNanos(300_000_000);
            released.set(true);
            saving.close();
        });
        process.start();
        boolean[] after = {false};

        new PlannedRuns(
                        (experiment, run) -> {
                            after[0] = released.get();
                            throw Failure.usage("enough", "none");
                        },
                        1,
                        new PlannedRuns.Watcher() {})
                .settle(run());

        process.join();
        assertThat(after[0]).isTrue();
    }

    private static PlannedRuns runs(Class<?> main) {
        return new PlannedRuns(
                new ChildProcessRunMaker(main.getName(), 1, Memory.here()), 1, new PlannedRuns.Watcher() {});
    }

    private PlannedRun run() {
        return new PlannedRun("one", Runs.small(), folder.resolve("run"));
    }
}
