package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedJsonTest {
    @TempDir
    Path folder;

    private Path file;

    record State(String sha256, int step, String name) {}

    @BeforeEach
    void seal() throws IOException {
        file = Files.write(folder.resolve("state.json"), SealedJson.bytes(new State(SealedJson.UNSEALED, 7, "实验")));
    }

    @Test
    void readsWhatWasSealed() throws Exception {
        State read = SealedJson.read(file, State.class);

        assertThat(read.step()).isEqualTo(7);
        assertThat(read.name()).isEqualTo("实验");
    }

    @Test
    void carriesTheHashOfItselfWithZerosInItsPlace() throws Exception {
        String text = Files.readString(file);
        String seal = text.substring(16, 16 + 64);
        byte[] unsealed = text.replace(seal, "0".repeat(64)).getBytes(StandardCharsets.UTF_8);

        assertThat(text).startsWith("{\n  \"sha256\" : \"" + seal + "\"");
        assertThat(seal)
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(unsealed)));
    }

    @Test
    void refusesEveryFlippedBit() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] damaged = sound.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            assertThatThrownBy(() -> SealedJson.read(file, State.class))
                    .isInstanceOf(DamagedCheckpointException.class)
                    .hasMessageMatching("state.json (does not begin as it should"
                            + "|is not what was written: its SHA-256 does not hold)");
        }
    }

    @Test
    void refusesEveryShorterAndALongerFile() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        for (int length = 0; length < sound.length; length++) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThatThrownBy(() -> SealedJson.read(file, State.class)).isInstanceOf(DamagedCheckpointException.class);
        }
        Files.write(file, Arrays.copyOf(sound, sound.length + 1));
        assertThat(refusal()).hasMessage("state.json is not what was written: its SHA-256 does not hold");
    }

    @Test
    void refusesASoundFileOfAnotherKind() throws IOException {
        record Other(String sha256, String unheardOf) {}
        Files.write(file, SealedJson.bytes(new Other(SealedJson.UNSEALED, "x")));

        assertThat(refusal()).hasMessage("state.json is of another version of featuremap");
    }

    @Test
    void refusesAFileThatIsTooLargeBeforeReadingIt() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(16 << 20);
            assertThat(refusal()).hasMessage("state.json is not what was written: its SHA-256 does not hold");
            sparse.setLength((16 << 20) + 1);
        }

        assertThat(refusal()).hasMessage("state.json is larger than 16 MiB");
    }

    private DamagedCheckpointException refusal() {
        return catchThrowableOfType(DamagedCheckpointException.class, () -> SealedJson.read(file, State.class));
    }
}
