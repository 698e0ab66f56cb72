package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideBySideReportTest {
    private static final String EXPERIMENT = """
            name: a
            data: {source: xo}
            network: {layers: [{type: output, units: 2}]}
            training: {epochs: 1, batchSize: 8}
            """;

    @TempDir
    Path folder;

    @Test
    void linksTheRunsReportsFromWhereItIs() throws IOException {
        RunDirectory one = SampleRun.in(folder.resolve("one")).sized(2, 50).write();
        RunDirectory other = SampleRun.in(folder.resolve("the other #2"))
                .ofValues()
                .sized(3, 50)
                .write();
        RunReport.write(other);
        Path file = Files.createDirectory(folder.resolve("reports")).resolve("both.html");
        SideBySideReport.write(List.of(one, other), file);
        assertThat(Files.readString(file))
                .contains("href=\"./../the%20other%20%232/report.html\"", "1 one")
                .doesNotContain("../one/report.html");
    }

    @Test
    void tellsOnlyWhatIsSetDifferently() {
        Settings settings = Settings.differences(List.of(
                ExperimentFile.parse(EXPERIMENT, "a", List.of()),
                ExperimentFile.parse(EXPERIMENT, "b", List.of("training.batchSize=16", "loss=mse"))));
        assertThat(settings.rows())
                .containsExactlyInAnyOrder(
                        new Settings.Row("training.batchSize", List.of("8", "16")),
                        new Settings.Row("loss", List.of("mcxent", "mse")));
    }
}
