package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void neverOverwritesARun() throws IOException {
        Path run = folder.resolve("run");
        RunDirectory.create(run);
        Files.writeString(run.resolve("kept"), "kept");
        assertThatThrownBy(() -> RunDirectory.create(run)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(5);
            assertThat(failure).hasMessage("run directory " + run + " is already there");
        });
        assertThat(run.resolve("kept")).hasContent("kept");
    }

    @Test
    void refusesAMissingParent() {
        assertThatThrownBy(() -> RunDirectory.create(folder.resolve("no/such/run")))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind().exitCode()).isEqualTo(5);
                    assertThat(failure).hasMessageEndingWith("the folder above it does not exist");
                });
    }

    @Test
    void refusesAFolderThatIsNoRun() {
        assertThatThrownBy(() -> RunDirectory.open(folder)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(2);
            assertThat(failure).hasMessageEndingWith("it has no experiment.yaml");
        });
    }
}
