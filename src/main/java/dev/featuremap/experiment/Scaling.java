package dev.featuremap.experiment;

/** What a pixel's byte 0..255 becomes before the network sees it. */
public enum Scaling {
    /** 0..1: the byte divided by 255. */
    UNIT,
    /** −1..1: the byte divided by 127.5, less 1. */
    SIGNED,
    /** 0..255 as it is. */
    RAW;

    /** What a byte's value 0..255 becomes. */
    public float apply(int level) {
        return switch (this) {
            case UNIT -> level / 255f;
            case SIGNED -> level / 127.5f - 1;
            case RAW -> level;
        };
    }
}
