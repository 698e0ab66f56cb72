package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Failure;
import dev.featuremap.RegularFiles;
import dev.featuremap.SmallDisk;
import dev.featuremap.Stress;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fault")
class FullDiskTest {
    @TempDir
    Path folder;

    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(folder.resolve("disk"));
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void whereverTheDiskIsFullNothingIsHalfWrittenAndTheRunGoesOnOnceThereIsRoom() throws Exception {
        RunResult whole = Runs.train(experiment(), folder.resolve("whole"));
        int full = 0;
        boolean fitted = false;
        for (int free = 1; !fitted; free++) {
            Path filler = disk.leave(free);
            Path run = disk.path().resolve("run");
            try {
                Runs.train(experiment(), run);
                fitted = true;
            } catch (Failure failure) {
                full++;
                assertThat(failure.kind()).as("%d pages free", free).isEqualTo(Failure.Kind.ENVIRONMENT);
                assertThat(failure).hasMessageContaining(run.toString());
            }
            Files.delete(filler);
            if (!fitted && Files.exists(run.resolve("experiment.yaml"))) {
                assertThat(Runs.resume(run).parametersSha256())
                        .as("%d pages free", free)
                        .isEqualTo(whole.parametersSha256());
            }
            if (Files.exists(run)) {
                RegularFiles.delete(run);
            }
        }
        assertThat(full).isGreaterThan(15);
        Stress.tell(
                6,
                "disk full at any write: exit 5, and the run goes on from the last checkpoint to its very end",
                full + " of " + full + " fillings of a tmpfs");
    }

    private static Experiment experiment() {
        return Runs.small("training.checkpoint={everySteps: 3}");
    }
}
