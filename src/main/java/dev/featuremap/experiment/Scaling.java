package dev.featuremap.experiment;

/** What a pixel's byte 0..255 becomes before the network sees it: divided by a divisor, plus an offset. */
public enum Scaling {
    /** 0..1. */
    UNIT(255, 0),
    /** −1..1. */
    SIGNED(127.5f, -1),
    /** 0..255 as it is. */
    RAW(1, 0);

    private final float divisor;
    private final float offset;
    /** What each level becomes; nobody else sees it, and it stays as it is. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final float[] values = new float[256];

    Scaling(float divisor, float offset) {
        this.divisor = divisor;
        this.offset = offset;
        for (int level = 0; level < values.length; level++) {
            values[level] = level / divisor + offset;
        }
    }

    public float divisor() {
        return divisor;
    }

    public float offset() {
        return offset;
    }

    /** What a level 0..255 becomes. */
    public float apply(int level) {
        return values[level];
    }

    /** Scales as many levels, one a byte, as {@code to} has places for. */
    public void apply(byte[] levels, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = values[levels[i] & 0xff];
        }
    }
}
