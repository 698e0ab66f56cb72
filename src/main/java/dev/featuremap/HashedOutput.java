package dev.featuremap;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/**
 * A stream that knows the SHA-256 of what went through it, at any time: what is hashed at two places is hashed once. It knows the
 * CRC-32C too, which takes a thirtieth of the time and is enough where nobody would forge it.
 */
public final class HashedOutput extends FilterOutputStream {
    private final MessageDigest digest = Sha256.digest();
    private final CRC32C check = new CRC32C();
    private long bytes;

    /** @param out where everything goes on to */
    public HashedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        digest.update((byte) value);
        check.update(value);
        bytes++;
    }

    @Override
    public void write(byte[] values, int from, int length) throws IOException {
        out.write(values, from, length);
        digest.update(values, from, length);
        check.update(values, from, length);
        bytes += length;
    }

    /** SHA-256 of all bytes so far, in hexadecimal; more may follow. */
    public String sha256() {
        try {
            return Sha256.hex((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e); // Java's own can be
        }
    }

    /** CRC-32C of all bytes so far. */
    public long crc32c() {
        return check.getValue();
    }

    /** How many bytes so far. */
    public long bytes() {
        return bytes;
    }
}
