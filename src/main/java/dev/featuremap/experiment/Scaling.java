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

    Scaling(float divisor, float offset) {
        this.divisor = divisor;
        this.offset = offset;
    }

    public float divisor() {
        return divisor;
    }

    public float offset() {
        return offset;
    }

    /** What a byte's value 0..255 becomes. */
    public float apply(int level) {
        return level / divisor + offset;
    }
}
