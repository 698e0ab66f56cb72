package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes that end by a signal's exit code. */
@Tag("fault")
class StoppedRunTest {
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

        assertThatThrownBy(() -> runs.settle(run())).isInstanceOf(Failure.class).hasMessage("interrupted");
        assertThatThrownBy(() -> runs.make(List.of(run())))
                .isInstanceOf(Failure.class)
                .hasMessage("interrupted");
        assertThat(PlannedRuns.failure(run())).isEmpty();
    }

    @Test
    void aRunWhoseProcessDiedIsKeptAsAFailureAndNotMadeAgain() throws Exception {
        RunOutcome outcome = runs(Killed.class).settle(run());
        RunOutcome again = runs(Interrupted.class).settle(run());

        assertThat(outcome.status()).isEqualTo("failed");
        assertThat(outcome.cause()).startsWith("the run's process ended with exit code 137");
        assertThat(again).isEqualTo(outcome);
        assertThat(Files.readString(folder.resolve("run/failure.json"))).contains("137");
    }

    private static PlannedRuns runs(Class<?> main) {
        return new PlannedRuns(new RunsInProcesses(main.getName(), 1), 1, new PlannedRuns.Watcher() {});
    }

    private PlannedRun run() {
        return new PlannedRun("one", folder.resolve("base.yaml"), List.of(), Runs.small(), folder.resolve("run"));
    }
}
