package dev.featuremap.engine;

/** The shape of activations, {@code [examples, channels, height, width]}; units of a dense layer are channels of 1 by 1, sequences of height 1. */
record Shape(long examples, long channels, long height, long width) {
    static Shape flat(long examples, long units) {
        return new Shape(examples, units, 1, 1);
    }

    /** Values of one example. */
    long unitsPerExample() {
        return channels * height * width;
    }

    /** Whether channels-first and channels-last are the same order in memory. */
    boolean hasOneOrder() {
        return channels == 1 || height * width == 1;
    }

    long[] dimensions() {
        return new long[] {examples, channels, height, width};
    }

    long[] flatDimensions() {
        return new long[] {examples, unitsPerExample()};
    }

    @Override
    public String toString() {
        return "[" + examples + ", " + channels + ", " + height + ", " + width + "]";
    }
}
