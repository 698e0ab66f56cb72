package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void replacesAFileWhole() throws IOException {
        Path file = folder.resolve("结果 file.txt");
        AtomicFiles.write(file, "first");
        AtomicFiles.write(file, "zweite Fassung ✓");
        assertThat(file).hasContent("zweite Fassung ✓");
        assertThat(folder).isDirectoryContaining(found -> found.equals(file));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void keepsWhatWasThereWhenWritingFails() {
        Path file = folder.resolve("kept.txt");
        AtomicFiles.write(file, "kept");
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    out.write(1);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind().exitCode()).isEqualTo(5);
                    assertThat(failure).hasMessage("cannot write " + file + ": No space left on device");
                });
        assertThat(file).hasContent("kept");
        assertThat(folder.resolve("kept.txt.tmp")).doesNotExist();
    }
}
