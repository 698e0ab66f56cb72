package dev.featuremap.network;

import dev.featuremap.Sha256;
import java.security.MessageDigest;

/**
 * The comment of a model zip that this program wrote: SHA-256 over every byte before the zip's directory, which itself
 * follows from those bytes. DL4J passes over it.
 *
 * <p>It tells damage, not a forger, who would seal what he made.
 */
final class ModelSeal {
    private static final String PREFIX = "featuremap sha256 ";

    /** The length of the comment. */
    static final int BYTES = PREFIX.length() + 64;

    private ModelSeal() {}

    /** The comment for what the digest has seen; it is reset. */
    static String of(MessageDigest entries) {
        return PREFIX + Sha256.hex(entries);
    }
}
