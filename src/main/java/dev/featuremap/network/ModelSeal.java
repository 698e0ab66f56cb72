package dev.featuremap.network;

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

    /** The comment for entries of this SHA-256. */
    static String of(String sha256) {
        return PREFIX + sha256;
    }
}
