package dev.featuremap.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PictureBlocksTest {
    private static final byte[] EXIF = "MM some exif".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PNG = bytes("89504e470d0a1a0a");
    private static final byte[] START = bytes("ffd8");
    private static final byte[] SEGMENT = segment("e1", IdxBytes.join(bytes("457869660000"), EXIF));

    @Test
    void findsAPngsExifAmongItsChunks() {
        byte[] chunk = PictureBytes.chunk("eXIf", EXIF);
        byte[] head = PictureBytes.chunk("IHDR", new byte[13]);

        assertThat(exif(PNG, head, chunk)).isEqualTo(EXIF);
        assertThat(exif(PNG, chunk)).isEqualTo(EXIF);
        assertThat(exif(PNG, PictureBytes.chunk("tEXt", new byte[0]), chunk)).isEqualTo(EXIF);
        assertThat(exif(PNG, head, PictureBytes.chunk("eXIf", new byte[0]))).isEmpty();
        assertThat(exif(PNG)).isEmpty();
    }

    @Test
    void believesNoLengthInAPng() {
        byte[] chunk = PictureBytes.chunk("eXIf", EXIF);
        for (int cut = 0; cut < chunk.length; cut++) { // its checksum belongs to it
            assertThat(exif(PNG, Arrays.copyOf(chunk, cut))).as("cut at " + cut).isEmpty();
        }
        assertThat(exif(PNG, bytes("ffffffff65584966"), EXIF)).isEmpty();
        assertThat(exif(PNG, bytes("ffffffff49484452"), chunk)).isEmpty();
        assertThat(exif(PNG, bytes("7fffffff65584966"), EXIF)).isEmpty();
    }

    @Test
    void findsAJpegsExifAmongItsSegments() {
        assertThat(exif(START, SEGMENT)).isEqualTo(EXIF);
        assertThat(exif(START, segment("e0", bytes("4a464946")), SEGMENT)).isEqualTo(EXIF);
        assertThat(exif(START, segment("e0", new byte[0]), SEGMENT)).isEqualTo(EXIF);
        assertThat(exif(START, segment("e1", bytes("687474703a2f2f")), SEGMENT)).isEqualTo(EXIF);
        assertThat(exif(START, segment("e1", bytes("4578")), SEGMENT)).isEqualTo(EXIF);
        // Markers alone, and bytes that fill: 0x01, 0xd0 to 0xd8, and more than one 0xff.
        assertThat(exif(START, bytes("ff01ffd0ffd7ffd8ffff"), Arrays.copyOfRange(SEGMENT, 1, SEGMENT.length)))
                .isEqualTo(EXIF);
        assertThat(exif(START, bytes("0000"), SEGMENT)).isEqualTo(EXIF);
    }

    @Test
    void looksForNoExifBehindAJpegsFirstScan() {
        assertThat(exif(START, segment("da", new byte[4]), SEGMENT)).isEmpty();
        assertThat(exif(START, bytes("ffd9"), SEGMENT)).isEmpty();
    }

    @Test
    void believesNoLengthInAJpeg() {
        for (int cut = 0; cut < SEGMENT.length; cut++) {
            assertThat(exif(START, Arrays.copyOf(SEGMENT, cut)))
                    .as("cut at " + cut)
                    .isEmpty();
        }
        assertThat(exif(START, bytes("ffe00001"), SEGMENT)).isEmpty();
        assertThat(exif(START, bytes("ffe0ffff"), SEGMENT)).isEmpty();
    }

    @Test
    void otherFilesHaveNone() {
        assertThat(exif("GIF89a".getBytes(StandardCharsets.US_ASCII), SEGMENT)).isEmpty();
        assertThat(exif(bytes("ff"))).isEmpty();
        assertThat(exif(Arrays.copyOf(PNG, 7))).isEmpty();
        assertThat(exif()).isEmpty();
    }

    /** The first directory of a TIFF that begins with its byte order: at a place, so many entries. */
    @Test
    void aPictureIsAsStoredWhereItsExifIsCutOrPointsOutside() {
        assertThat(orientation("4d4d002a00000008" + "0001" + "0112000300000001000600000000"))
                .isEqualTo(6);
        assertThat(orientation("4d4d002a00000008" + "0001" + "0112000300000001"))
                .isEqualTo(1);
        assertThat(orientation("4d4d002a0000000a" + "ffff0001" + "011200030000000100060000"))
                .isEqualTo(6);
        assertThat(orientation("4d4d002a00000008" + "0000" + "011200030000000100060000"))
                .isEqualTo(1);
        assertThat(orientation("4d4d002a00000008" + "ffff" + "011200030000000100060000"))
                .isEqualTo(6);
        assertThat(orientation("4d4d002a00000008" + "0001" + "011200040000000100060000"))
                .isEqualTo(1);
        assertThat(orientation("4d4d002a000000ff" + "0001" + "011200030000000100060000"))
                .isEqualTo(1);
        assertThat(orientation("4d4d002affffffff" + "0001" + "011200030000000100060000"))
                .isEqualTo(1);
        assertThat(orientation("4d4d002a00000008")).isEqualTo(1);
        assertThat(orientation("4d4d002a00000006" + "")).isEqualTo(1);
        assertThat(orientation("4d4d002a")).isEqualTo(1);
    }

    /** 6, or 1 where the picture stays as it is stored. */
    private static int orientation(String exif) {
        byte[] picture = IdxBytes.join(START, segment("e1", IdxBytes.join(bytes("457869660000"), bytes(exif))));
        Orientation found = Orientation.of(picture);
        return found.equals(new Orientation(true, false, true))
                ? 6
                : found.equals(new Orientation(false, false, false)) ? 1 : 0;
    }

    private static byte[] segment(String marker, byte[] content) {
        ByteBuffer segment = ByteBuffer.allocate(4 + content.length);
        return segment.put((byte) 0xff)
                .put(bytes(marker))
                .putShort((short) (2 + content.length))
                .put(content)
                .array();
    }

    private static byte[] exif(byte[]... parts) {
        ByteBuffer found = PictureBlocks.exif(IdxBytes.join(parts));
        byte[] exif = new byte[found.remaining()];
        found.get(exif);
        return exif;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
