package dev.featuremap.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.StopFile;
import dev.featuremap.train.Runs;
import dev.featuremap.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a comparison or a search, stopped on the way. */
@Tag("slow")
class StoppedPlannedRunsTest {
    private static final PlannedRuns.Watcher NOBODY = new PlannedRuns.Watcher() {};

    @TempDir
    Path folder;

    @Test
    void aStoppedRunGoesOnInItsMiddle() throws IOException {
        PlannedRun planned = planned();
        stopAfterOneStep(planned);

        List<RunOutcome> outcomes = runs(new StopRequest()).make(List.of(planned));

        assertThat(outcomes.get(0).status()).isEqualTo(RunStatus.DONE);
        assertThat(planned.folder().resolve("provenance.json"))
                .content()
                .containsPattern("\"resumed_at_steps\" : \\[ 1 ]");
        Runs.train(planned.experiment(), folder.resolve("whole"));
        assertThat(planned.folder().resolve("model.zip")).hasSameBinaryContentAs(folder.resolve("whole/model.zip"));
    }

    @Test
    void aStoppedRunWithoutASoundCheckpointIsMadeAnew() throws IOException {
        PlannedRun planned = planned();
        stopAfterOneStep(planned);
        Files.writeString(planned.folder().resolve("checkpoints/step-1/state.json"), "{}");

        List<RunOutcome> outcomes = runs(new StopRequest()).make(List.of(planned));

        assertThat(outcomes.get(0).status()).isEqualTo(RunStatus.DONE);
        assertThat(planned.folder().resolve("provenance.json")).content().doesNotContain("resumed");
    }

    @Test
    void noRunBeginsOnceTheEndOfTheWholeIsAskedFor() {
        PlannedRun planned = planned();
        StopFile stop = new StopFile(folder);
        RunMaker maker =
                new StoppableRunMaker(new InProcessRunMaker(Runs.runs(folder.resolve("any"), new StopRequest())), stop);
        stop.ask();

        assertThatThrownBy(() -> new PlannedRuns(maker, 1, NOBODY).make(List.of(planned)))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.TERMINATED);
                    assertThat(failure).hasMessage(planned.folder() + ": stopped before it began");
                    assertThat(failure.remedy()).isEqualTo("the same command goes on where it stopped");
                });
        assertThat(planned.folder()).doesNotExist();
    }

    private void stopAfterOneStep(PlannedRun planned) {
        StopRequest stop = new StopRequest();
        stop.request(Failure.Kind.TERMINATED);
        assertThatThrownBy(() -> runs(stop).make(List.of(planned))).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(143);
            assertThat(failure).hasMessageStartingWith(planned.folder() + ": stopped after step 1 ");
            assertThat(failure.remedy()).isEqualTo("the same command goes on where it stopped");
        });
        assertThat(planned.folder().resolve("failure.json")).doesNotExist();
    }

    private PlannedRun planned() {
        Experiment experiment = Runs.small();
        return new PlannedRun("member", experiment, folder.resolve("member/seed-7"));
    }

    private PlannedRuns runs(StopRequest stop) {
        return new PlannedRuns(new InProcessRunMaker(Runs.runs(folder.resolve("any"), stop)), 1, NOBODY);
    }
}
