package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.SmallDisk;
import dev.featuremap.report.RunReport;
import dev.featuremap.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fault")
class ReportOnAFullDiskTest {
    /** All else of the run is there by then: to train it again would be the wrong remedy. */
    @Test
    void theRemedyNamesTheReport(@TempDir Path folder) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"))) {
            Path run = disk.path().resolve("run");
            String[] train = {
                "train", "training.epochs=1", "data.trainExamples=40", "--quiet", "--run-dir", run.toString()
            };
            assertThat(Run.of(train).exitCode()).isZero();
            Files.delete(run.resolve("report.html"));
            disk.leave(1);
            Failure failure = catchThrowableOfType(
                    Failure.class,
                    () -> ReportCommand.writeLast(run, () -> RunReport.write(RunDirectory.openBegun(run))));
            assertThat(failure.kind()).isEqualTo(Failure.Kind.ENVIRONMENT);
            assertThat(failure).hasMessageContaining("report.html").hasMessageContaining("No space left on device");
            assertThat(failure.remedy()).endsWith("free some space, then: featuremap report " + run);
            assertThat(run.resolve("report.html")).doesNotExist();
        }
    }
}
