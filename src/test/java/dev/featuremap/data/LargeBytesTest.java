package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeBytesTest {
    private static final byte[] CONTENT = IdxBytes.counting(1000);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() {
        file = IdxBytes.write(folder.resolve("bytes"), CONTENT);
    }

    @Test
    void readsAcrossPieces() throws IOException {
        LargeBytes bytes = mapped(7);

        byte[] read = new byte[30];
        bytes.read(333, read);
        assertThat(read).isEqualTo(Arrays.copyOfRange(CONTENT, 333, 363));
        assertThat(bytes.get(999)).isEqualTo(999 % 256);
        assertThat(bytes.get(0)).isZero();
    }

    @Test
    void hashesAllPiecesInTheirOrder() throws IOException {
        MessageDigest ofFile = Sha256.digest();
        mapped(7).all(ofFile::update);

        assertThat(ofFile.digest()).isEqualTo(Sha256.digest().digest(CONTENT));
    }

    @Test
    @Tag("fault")
    void refusesAFileThatIsWrittenOverWhileItIsUsed() throws IOException {
        LargeBytes bytes = mapped(1 << 20);
        readOften(bytes);

        Files.write(file, new byte[1000]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));

        assertThatThrownBy(() -> readOften(bytes))
                .isInstanceOf(Failure.class)
                .hasMessage(file + ": was changed while it was used");
        assertThatThrownBy(() -> bytes.all(Sha256.digest()::update)).isInstanceOf(Failure.class);
    }

    @Test
    @Tag("fault")
    void goesOnWithTheFileThatWasOpenedWhenAnotherGetsItsName() throws IOException {
        LargeBytes bytes = mapped(1 << 20);

        Files.move(IdxBytes.write(folder.resolve("other"), new byte[1000]), file, StandardCopyOption.REPLACE_EXISTING);
        readOften(bytes);
        Files.delete(file);
        readOften(bytes);

        byte[] read = new byte[1000];
        bytes.read(0, read);
        assertThat(read).isEqualTo(CONTENT);
    }

    /** Four million digits, of which the file system keeps only the header and the last. */
    @Test
    @Tag("slow")
    void anIdxFileMayBeLargerThanAnArrayAndTakesNoHeap() throws IOException {
        byte[] header = IdxBytes.header(4_000_000, 28, 28);
        IdxBytes.write(file, header);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(header.length + 4_000_000L * 784);
            sparse.seek(sparse.length() - 784);
            sparse.write(IdxBytes.counting(784));
        }

        IdxFile images = IdxFile.read(file);

        byte[] last = new byte[784];
        images.read(3_999_999L * 784, last);
        assertThat(images.count()).isEqualTo(4_000_000);
        assertThat(last).isEqualTo(IdxBytes.counting(784));
    }

    private LargeBytes mapped(int pieceLength) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return LargeBytes.mapped(file, channel, pieceLength);
        }
    }

    private static void readOften(LargeBytes bytes) {
        for (int i = 0; i < 200; i++) {
            bytes.read(i, new byte[10]);
        }
    }
}
