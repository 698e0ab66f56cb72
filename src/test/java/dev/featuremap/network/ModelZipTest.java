package dev.featuremap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelZipTest {
    private static final byte[] CONTENT = "0123456789".repeat(20).getBytes(StandardCharsets.US_ASCII);
    private static final long CRC = HandmadeZip.crc(CONTENT);
    private static final String NAME = ModelZip.COEFFICIENTS;

    @TempDir
    Path folder;

    @Test
    void readsStoredAndDeflatedEntries() throws IOException {
        byte[] packed = HandmadeZip.deflated(CONTENT);

        assertThat(content(new HandmadeZip().stored(NAME, CONTENT))).isEqualTo(CONTENT);
        assertThat(content(new HandmadeZip().deflated(NAME, packed, CRC, CONTENT.length)))
                .isEqualTo(CONTENT);
    }

    @Test
    void readsAnEntryOfAsManyBytesAsAreAllowedAndNoMore() throws IOException {
        int most = 4 << 20;

        assertThat(content(new HandmadeZip().stored(NAME, new byte[most]))).hasSize(most);
        assertThat(refusal(new HandmadeZip().stored(NAME, new byte[most + 1])))
                .endsWith("coefficients.bin: is larger than 4 MiB");
    }

    @Test
    void refusesAChecksumSizeOrPackingThatIsNotTheContents() {
        byte[] packed = HandmadeZip.deflated(CONTENT);
        for (HandmadeZip damaged : new HandmadeZip[] {
            new HandmadeZip().stored(NAME, CONTENT, CRC ^ 1, CONTENT.length),
            new HandmadeZip().deflated(NAME, packed, CRC ^ 1, CONTENT.length),
            new HandmadeZip().deflated(NAME, packed, CRC, CONTENT.length + 1),
            // With bytes behind the end of what is packed.
            new HandmadeZip().deflated(NAME, Arrays.copyOf(packed, packed.length + 1), CRC, CONTENT.length)
        }) {
            assertThat(refusal(damaged))
                    .endsWith("coefficients.bin: its checksum does not hold: it was damaged or changed");
        }
        byte[] cut = Arrays.copyOf(packed, packed.length - 1);
        assertThat(refusal(new HandmadeZip().deflated(NAME, cut, CRC, CONTENT.length)))
                .endsWith("coefficients.bin: is shorter than the network it belongs to");
        assertThat(refusal(new HandmadeZip().deflated(NAME, CONTENT, CRC, CONTENT.length)))
                .contains("coefficients.bin: ");
    }

    @Test
    void tellsWhichEntriesThereAre() throws IOException {
        try (ModelZip zip = open(new HandmadeZip().stored(NAME, CONTENT))) {
            assertThat(zip.has(NAME)).isTrue();
            assertThat(zip.has(ModelZip.UPDATER_STATE)).isFalse();
            assertThat(catchThrowableOfType(Failure.class, () -> zip.bytes(ModelZip.UPDATER_STATE, 1)))
                    .hasMessageEndingWith("holds no updaterState.bin");
        }
    }

    private byte[] content(HandmadeZip zip) throws IOException {
        try (ModelZip opened = open(zip)) {
            return opened.bytes(NAME, 4 << 20);
        }
    }

    private String refusal(HandmadeZip zip) {
        Failure failure = catchThrowableOfType(Failure.class, () -> content(zip));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.MODEL);
        return failure.getMessage();
    }

    private ModelZip open(HandmadeZip zip) throws IOException {
        return ModelZip.open(Files.write(folder.resolve("model.zip"), zip.bytes()));
    }
}
