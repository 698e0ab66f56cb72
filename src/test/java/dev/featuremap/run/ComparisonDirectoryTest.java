package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void hasAFolderForEachRunAndTrial() {
        ComparisonDirectory directory = new ComparisonDirectory(folder);

        assertThat(directory.run("mse", 7, null)).isEqualTo(folder.resolve("mse/seed-7"));
        assertThat(directory.run("mse", 7, 2)).isEqualTo(folder.resolve("mse/seed-7-fold-2"));
        assertThat(directory.trial("mse", "1e-3")).isEqualTo(folder.resolve("mse/rate-1e-3"));
        assertThat(directory.reportFile()).isEqualTo(folder.resolve("report.html"));
        assertThat(directory.textFile().getParent()).isEqualTo(folder);
        assertThat(directory.chartFile("ranking").getFileName()).hasToString("ranking.svg");
    }

    @Test
    void aSummaryIsAsWideAsItsIntervalIsHalf() {
        assertThat(new ComparisonResult.Summary(3, 0.75, 0.5, List.of(0.5, 0.875)).halfWidth())
                .isEqualTo(0.1875);
        assertThat(new ComparisonResult.Summary(1, 0.75, null, null).halfWidth())
                .isNaN();
    }

    @Test
    void hasEndedWhenItsResultIsThere() throws IOException {
        ComparisonDirectory directory = new ComparisonDirectory(folder);
        assertThat(directory.isUnfinished()).isFalse();
        Files.writeString(folder.resolve("comparison.yaml"), "");
        assertThat(directory.isUnfinished()).isTrue();
        assertThat(directory.hasResult()).isFalse();
        assertThatThrownBy(directory::result)
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.remedy())
                                .isEqualTo("name the folder of a comparison that a compare command has finished"));

        Files.writeString(folder.resolve("comparison.json"), "{}");
        assertThat(directory.hasResult()).isTrue();
        assertThat(directory.isUnfinished()).isFalse();
    }
}
