package dev.featuremap;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java platform has, as lower-case hexadecimal digits. */
public final class Sha256 {
    private Sha256() {}

    /** Whether a text can be one in hexadecimal. */
    public static boolean isHex(String text) {
        return text.matches("[0-9a-f]{64}");
    }

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
