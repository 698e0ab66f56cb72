package dev.featuremap.data;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Gzip streams, strictly: of one or more members, each with its checksum, and nothing after the last. */
final class Gzip {
    private Gzip() {}

    /** Whether the stream, which must support marks, starts as gzip does; it is left at its start. */
    static boolean starts(InputStream stream) throws IOException {
        stream.mark(2);
        byte[] start = stream.readNBytes(2);
        stream.reset();
        return start.length == 2 && start[0] == (byte) 0x1f && start[1] == (byte) 0x8b;
    }

    /** The content; Java's own {@code GZIPInputStream} would pass over garbage after the last member. */
    static InputStream unpacked(InputStream packed) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(packed)
                .setDecompressConcatenated(true)
                .get();
    }
}
