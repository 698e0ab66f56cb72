package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
