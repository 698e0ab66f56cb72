package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    @TempDir
    Path folder;

    @Test
    void tellsOfEachChangeBeforeItIsMade() throws IOException {
        List<String> told = new ArrayList<>();
        Disk disk = new Disk((change, path) ->
                told.add(change + " " + path.getFileName() + " " + (Files.exists(path) ? "there" : "not there")));

        disk.makeFolder(folder.resolve("new"));
        disk.replace(folder.resolve("new/state"), new byte[] {1, 2, 3});
        disk.delete(folder.resolve("new"));

        assertThat(told)
                .containsExactly(
                        "MAKE new not there",
                        "MAKE state.tmp not there",
                        "WRITE state.tmp there",
                        "SYNC state.tmp there",
                        "RENAME state not there",
                        "SYNC new there",
                        "DELETE state there",
                        "DELETE new there");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void changesNothingWithoutAPermit() throws IOException {
        Path file = Files.writeString(folder.resolve("kept"), "kept");
        Disk disk = Disk.PLAIN.permitting(path -> {
            throw Failure.environment(path + " is in use", "wait", null);
        });

        assertThatThrownBy(() -> disk.delete(file)).hasMessage(file + " is in use");
        assertThatThrownBy(() -> disk.replace(file, new byte[1])).hasMessage(file + ".tmp is in use");
        assertThat(file).hasContent("kept");
    }

    @Test
    void knowsWhatItWroteAgain() throws IOException {
        Disk.Written written = Disk.PLAIN.write(folder.resolve("one"), out -> out.write(new byte[] {7, 8, 9}));

        assertThat(written.stamp().bytes()).isEqualTo(3);
        assertThat(written.stamp()).isEqualTo(Disk.Stamp.of(folder.resolve("one")));
        assertThat(written.isIn(folder.resolve("one"))).isTrue();
        assertThat(written.isIn(Files.write(folder.resolve("other"), new byte[] {7, 8, 0})))
                .isFalse();
        assertThat(written.isIn(Files.write(folder.resolve("longer"), new byte[] {7, 8, 9, 0})))
                .isFalse();
    }
}
