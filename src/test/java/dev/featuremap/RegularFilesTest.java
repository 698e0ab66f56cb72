package dev.featuremap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegularFilesTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Path outside;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(temporary.toRealPath().resolve("run"));
        outside = Files.writeString(temporary.toRealPath().resolve("outside"), "precious");
    }

    @Test
    void readsNothingThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("result.json"), outside);
        assertRefused(() -> RegularFiles.isFile(link), link + ": is a link, not a file");
        assertRefused(() -> RegularFiles.read(link, 100), link + ": is a link, not a file");
    }

    @Test
    void takesALinkThatLeadsNowhereForALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("result.json"), folder.resolve("nowhere"));
        assertRefused(() -> RegularFiles.isFile(link), link + ": is a link, not a file");
        assertThatThrownBy(() -> RegularFiles.create(link)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void waitsForNoFifo() throws Exception {
        Path fifo = folder.resolve("metrics.csv");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertRefused(() -> RegularFiles.read(fifo, 100), fifo + ": is a FIFO or a device, not a file");
    }

    @Test
    void refusesAFolderBehindALink() throws IOException {
        Files.createDirectories(temporary.toRealPath().resolve("elsewhere/step-1"));
        Path link = Files.createSymbolicLink(folder.resolve("checkpoints"), temporary.resolve("elsewhere"));
        assertRefused(() -> RegularFiles.isFolder(link), link + ": is a link, not a folder");
        assertRefused(
                () -> RegularFiles.isFolder(link.resolve("step-1")), link.resolve("step-1") + ": is behind a link");
    }

    @Test
    void followsTheLinksOnTheWayToWhatTheUserNames() throws IOException {
        Path link = Files.createSymbolicLink(temporary.toRealPath().resolve("latest"), folder);
        assertThat(RegularFiles.named(link)).isEqualTo(folder);
        assertThat(RegularFiles.named(link.resolve("no/such"))).isEqualTo(folder.resolve("no/such"));
        assertThat(RegularFiles.isFolder(RegularFiles.named(link))).isTrue();
        Path relative = Path.of("src/test");
        assertThat(RegularFiles.named(relative)).isSameAs(relative);
    }

    @Test
    void namesAFileThatIsTooLargeBeforeItReadsIt() throws IOException {
        Path sparse = folder.resolve("metrics.csv");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(20L << 30);
        }
        assertRefused(() -> RegularFiles.read(sparse, 64 << 20), sparse + ": is larger than 64 MiB");
    }

    @Test
    void goesOnWithAFileWithoutTouchingItsOtherName() throws IOException {
        Path log = Files.createLink(folder.resolve("log.txt"), outside);
        try (FileChannel channel = RegularFiles.continued(log, 100)) {
            channel.write(ByteBuffer.wrap(" and more".getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(log).hasContent("precious and more");
        assertThat(outside).hasContent("precious");
        assertThat(RegularFiles.list(folder)).containsExactly(log);
    }

    @Test
    void deletesLinksAndNotWhatTheyLeadTo() throws IOException {
        Path inside =
                Files.createDirectories(folder.resolve("step-1.tmp/deeper")).getParent();
        Files.createSymbolicLink(inside.resolve("file"), outside);
        Path kept = Files.createDirectory(temporary.toRealPath().resolve("kept"));
        Files.writeString(kept.resolve("file"), "precious");
        Files.createSymbolicLink(inside.resolve("deeper/folder"), kept);

        RegularFiles.delete(inside);

        assertThat(inside).doesNotExist();
        assertThat(outside).hasContent("precious");
        assertThat(kept.resolve("file")).hasContent("precious");
    }

    private interface Use {
        void of() throws IOException;
    }

    private static void assertRefused(Use use, String message) {
        assertThatThrownBy(use::of).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(4);
            assertThat(failure).hasMessage(message);
        });
    }
}
