package dev.featuremap.engine;

/** Something in a network that the executor lacks; the message names it. */
final class UnsupportedNetworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedNetworkException(String lacking) {
        super(lacking);
    }

    static UnsupportedNetworkException inLayer(int layer, String lacking) {
        return new UnsupportedNetworkException("layer " + layer + ": " + lacking);
    }
}
