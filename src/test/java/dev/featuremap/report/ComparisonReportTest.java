package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonReportTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheConclusionAndLinksEveryRunsReport() throws IOException {
        Path comparison = SampleComparison.write(folder.resolve("compare"));
        String html = Files.readString(SampleComparison.report(comparison));
        assertThat(html).contains("With 2 seeds mse beats mae by 2 points.");
        for (String run : new String[] {"mse/seed-1", "mse/seed-2", "mae/seed-1", "mae/seed-2"}) {
            assertThat(html).contains("href=\"./" + run + "/report.html\"");
            assertThat(comparison.resolve(run).resolve("report.html")).isNotEmptyFile();
        }
        assertThat(html).contains("diverged: the loss is NaN at step 3").doesNotContain("./fast/");
    }

    @Test
    void keepsAReportThatIsThere() throws IOException {
        Path comparison = SampleComparison.write(folder.resolve("compare"));
        Path report = comparison.resolve("mse/seed-1/report.html");
        Files.writeString(report, "kept");
        SampleComparison.report(comparison);
        assertThat(report).hasContent("kept");
    }

    @Test
    void neverLeavesTheComparisonsFolder() throws IOException {
        Path comparison = SampleComparison.write(folder.resolve("compare"));
        Path outside = SampleRun.in(
                        Files.createDirectories(folder.resolve("other")).resolve("seed-1"))
                .sized(1, 10)
                .write()
                .path();
        Path file = comparison.resolve("comparison.json");
        Files.writeString(file, Files.readString(file).replace("\"fast\"", "\"../other\""));
        SampleComparison.report(comparison);
        assertThat(outside.resolve("report.html")).doesNotExist();
    }

    @Test
    void namesAFileThatIsNoComparison() throws IOException {
        Files.writeString(folder.resolve("comparison.json"), "[1");
        assertThatThrownBy(() -> SampleComparison.report(folder)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(4);
            assertThat(failure).hasMessageContaining("comparison.json cannot be read");
        });
    }
}
