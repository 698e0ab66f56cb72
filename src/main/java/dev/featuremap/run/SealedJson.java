package dev.featuremap.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.featuremap.RegularFiles;
import dev.featuremap.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A JSON file that carries its own SHA-256, so that not a bit of it can change unseen.
 *
 * <p>It begins with the key {@code sha256}; what is hashed is the file with 64 zeros as that key's value.
 */
final class SealedJson {
    /** The value of the record's first component, {@code sha256}, until it is sealed. */
    static final String UNSEALED = "0".repeat(64);

    private static final byte[] START = "{\n  \"sha256\" : \"".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_BYTES = 1 << 24;

    private SealedJson() {}

    /** The file's bytes for a record whose first component is {@code sha256}. */
    static byte[] bytes(Record unsealed) {
        byte[] bytes = Json.write(unsealed).getBytes(StandardCharsets.UTF_8);
        seal(bytes, hash(bytes));
        return bytes;
    }

    /**
     * Reads a record back.
     *
     * @throws DamagedCheckpointException when the file is not as it was written
     */
    static <T extends Record> T read(Path file, Class<T> type) throws IOException, DamagedCheckpointException {
        if (RegularFiles.size(file) > MOST_BYTES) {
            throw new DamagedCheckpointException(file.getFileName() + " is larger than 16 MiB");
        }
        byte[] bytes = RegularFiles.read(file, MOST_BYTES);
        if (bytes.length < START.length + UNSEALED.length()
                || !Arrays.equals(bytes, 0, START.length, START, 0, START.length)) {
            throw new DamagedCheckpointException(file.getFileName() + " does not begin as it should");
        }
        String found = new String(bytes, START.length, UNSEALED.length(), StandardCharsets.ISO_8859_1);
        seal(bytes, UNSEALED);
        if (!found.equals(hash(bytes))) {
            throw new DamagedCheckpointException(
                    file.getFileName() + " is not what was written: its SHA-256 does not hold");
        }
        try {
            return Json.read(bytes, type);
        } catch (JsonProcessingException e) {
            if (Json.isContradiction(e)) {
                // What was sealed so was made so: it is no damage, after which an older one would do.
                throw RunDirectory.unreadable(file, Json.fault(e), e);
            }
            throw new DamagedCheckpointException(file.getFileName() + " is of another version of featuremap");
        }
    }

    private static void seal(byte[] bytes, String hash) {
        byte[] digits = hash.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, bytes, START.length, digits.length);
    }

    private static String hash(byte[] bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.hex(digest);
    }
}
