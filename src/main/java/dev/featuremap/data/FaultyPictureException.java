package dev.featuremap.data;

/** Why a file is no picture that can be read, in a few words that do not name the file. */
final class FaultyPictureException extends Exception {
    private static final long serialVersionUID = 1L;

    FaultyPictureException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
