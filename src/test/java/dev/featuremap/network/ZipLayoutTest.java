package dev.featuremap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipLayoutTest {
    private static final byte[] CONTENT = "some content, some content".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void tellsWhereEachEntryOfJavasOwnZipsLies() throws IOException {
        byte[] zip = javasOwn();
        ZipLayout layout = read(zip);

        assertThat(layout.parts()).extracting(ZipLayout.Part::name).containsExactly("packed", "kept");
        assertThat(layout.parts()).extracting(ZipLayout.Part::deflated).containsExactly(true, false);
        assertThat(layout.parts()).extracting(ZipLayout.Part::bytes).containsOnly((long) CONTENT.length);
        assertThat(layout.parts()).extracting(ZipLayout.Part::crc).containsOnly(HandmadeZip.crc(CONTENT));
        ZipLayout.Part kept = layout.parts().get(1);
        assertThat(new String(zip, (int) kept.start(), (int) kept.packedBytes(), StandardCharsets.US_ASCII))
                .isEqualTo(new String(CONTENT, StandardCharsets.US_ASCII));
        assertThat(layout.directoryStart()).isEqualTo(kept.start() + kept.packedBytes());
        assertThat(layout.comment()).isEmpty();
    }

    /** Headers, what stands behind packed contents, the directory and the end record. */
    @Test
    void everyBitOutsideTheContentsIsDemanded() throws IOException {
        byte[] zip = javasOwn();
        ZipLayout layout = read(zip);
        for (int place = 0; place < zip.length; place++) {
            int at = place;
            if (layout.parts().stream()
                    .anyMatch(part -> at >= part.start() && at < part.start() + part.packedBytes())) {
                continue;
            }
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = zip.clone();
                flipped[place] ^= (byte) (1 << bit);
                assertThat(catchThrowableOfType(IOException.class, () -> read(flipped)))
                        .as("bit %d of byte %d", bit, place)
                        .isNotNull();
            }
        }
    }

    @Test
    void aZipMayBeEmptyAndANameToo() throws IOException {
        assertThat(read(new HandmadeZip().bytes())).isEqualTo(new ZipLayout(List.of(), 0, ""));
        assertThat(read(new HandmadeZip().stored("", CONTENT).bytes()).parts())
                .containsExactly(
                        new ZipLayout.Part("", false, HandmadeZip.crc(CONTENT), CONTENT.length, CONTENT.length, 30));
    }

    /** 16 entries of 46 bytes and names of 4,050 make a directory of 65,536 bytes. */
    @Test
    void readsUpTo16EntriesAndADirectoryOf64KiB() throws IOException {
        assertThat(read(many(16, 4_050)).parts()).hasSize(16);
        assertThat(catchThrowableOfType(IOException.class, () -> read(many(16, 4_051))))
                .hasMessage("holds 16 entries with a directory of 65552 bytes; a model has 2 or 3 entries");
        assertThat(catchThrowableOfType(IOException.class, () -> read(many(17, 1))))
                .hasMessage("holds 17 entries with a directory of 799 bytes; a model has 2 or 3 entries");
    }

    @Test
    void refusesStoredContentsOfTwoSizes() {
        byte[] zip = new HandmadeZip()
                .stored("a", CONTENT, HandmadeZip.crc(CONTENT), CONTENT.length + 1)
                .bytes();

        assertThat(catchThrowableOfType(IOException.class, () -> read(zip))).hasMessage("its sizes are false");
    }

    @Test
    void readsACommentOfTheOneLengthOnly() throws IOException {
        HandmadeZip zip = new HandmadeZip().stored("a", CONTENT);

        assertThat(read(zip.bytes("seal")).comment()).isEqualTo("seal");
        assertThat(catchThrowableOfType(IOException.class, () -> read(zip.bytes("seals"))))
                .hasMessageStartingWith("is no zip file, or was cut off");
    }

    private static byte[] many(int entries, int nameBytes) {
        HandmadeZip zip = new HandmadeZip();
        for (int i = 0; i < entries; i++) {
            zip.stored("n".repeat(nameBytes), CONTENT);
        }
        return zip.bytes();
    }

    /** One entry packed, with its sizes behind it, and one stored. */
    private static byte[] javasOwn() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("packed"));
            zip.write(CONTENT);
            ZipEntry kept = new ZipEntry("kept");
            kept.setMethod(ZipEntry.STORED);
            kept.setSize(CONTENT.length);
            kept.setCrc(HandmadeZip.crc(CONTENT));
            zip.putNextEntry(kept);
            zip.write(CONTENT);
        }
        return bytes.toByteArray();
    }

    private ZipLayout read(byte[] zip) throws IOException {
        try (FileChannel file = FileChannel.open(Files.write(folder.resolve("a.zip"), zip))) {
            return ZipLayout.read(file, 4);
        }
    }
}
