package dev.featuremap.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.featuremap.Failure;
import dev.featuremap.Stress;
import dev.featuremap.experiment.Experiment;
import dev.featuremap.run.RunResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small tmpfs, which takes root to mount. */
@Tag("fault")
class FullDiskTest {
    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        assumeThat(exitCode("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()))
                .as("exit code of mounting a tmpfs")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        exitCode("umount", disk.toString());
    }

    @Test
    void whereverTheDiskIsFullNothingIsHalfWrittenAndTheRunGoesOnOnceThereIsRoom() throws Exception {
        RunResult whole = Runs.train(experiment(), folder.resolve("whole"));
        int full = 0;
        boolean fitted = false;
        for (int free = 1; !fitted; free++) {
            Path filler = leave(free);
            Path run = disk.resolve("run");
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
            exitCode("rm", "-r", run.toString());
        }
        assertThat(full).isGreaterThan(15);
        Stress.tell(
                6,
                "disk full at any write: exit 5, and the run goes on from the last checkpoint to its very end",
                full + " of " + full + " fillings of a tmpfs");
    }

    /** Fills the disk but for so many pages. */
    private Path leave(int pages) throws IOException {
        Path filler = disk.resolve("filler");
        long bytes = Files.getFileStore(disk).getUsableSpace() - (long) pages * PAGE;
        try (OutputStream out = Files.newOutputStream(filler)) {
            out.write(new byte[Math.toIntExact(Math.max(0, bytes))]);
        }
        return filler;
    }

    private static Experiment experiment() {
        return Runs.small("training.checkpoint={everySteps: 3}");
    }

    private static int exitCode(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
