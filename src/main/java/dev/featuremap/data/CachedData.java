package dev.featuremap.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@link DataCache} writes down beside the bytes it keeps, as JSON.
 *
 * @param version of the cache that kept them
 * @param what they are, in words
 * @param from the file or folder they were made of
 * @param bytes how many
 * @param crc32c their CRC-32C
 */
record CachedData(int version, String what, String from, long bytes, long crc32c) {
    private static final int MOST_BYTES = 1 << 16;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** @throws IOException when the file is not there or not one of these */
    static CachedData read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return MAPPER.readValue(in.readNBytes(MOST_BYTES), CachedData.class);
        }
    }

    byte[] json() throws IOException {
        return MAPPER.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
    }
}
