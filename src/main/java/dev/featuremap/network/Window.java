package dev.featuremap.network;

import dev.featuremap.experiment.LayerSpec;

/** A window of {@code size} cells, {@code dilation} apart, sliding along one side of a picture. */
record Window(int size, int stride, int padding, int dilation, LayerSpec.Mode mode) {
    /** Pixels from the window's first cell to its last, both counted. */
    long span() {
        return (size - 1L) * dilation + 1;
    }

    /** Whether there is room for one window at least. */
    boolean fits(long side) {
        return mode == LayerSpec.Mode.SAME ? !skipsPixels(side) : span() <= padded(side);
    }

    /**
     * Whether windows in mode same lie so far apart that DL4J would have to pad by less than nothing, which it refuses
     * only when the network runs ({@code ConvolutionUtils.getSameModeTopLeftPadding}).
     */
    boolean skipsPixels(long side) {
        return mode == LayerSpec.Mode.SAME && ((positions(side) - 1) * stride + span() - side) / 2 < 0;
    }

    /** Pixels that mode strict does not allow to be left over. */
    long leftOver(long side) {
        return mode == LayerSpec.Mode.SAME ? 0 : (padded(side) - span()) % stride;
    }

    /** How many windows find room on a side of so many pixels. */
    long positions(long side) {
        return mode == LayerSpec.Mode.SAME ? (side + stride - 1) / stride : (padded(side) - span()) / stride + 1;
    }

    /** Such as {@code 28 - 5 + 1 = 24}, {@code (28 + 2·1 - 5)/2 + 1 = 13} or, in mode same, {@code ⌈28/2⌉ = 14}. */
    String arithmetic(long side) {
        long positions = positions(side);
        if (mode == LayerSpec.Mode.SAME) {
            return "⌈" + side + "/" + stride + "⌉ = " + positions;
        }
        String room = side + (padding == 0 ? "" : " + 2·" + padding) + " - " + spanText();
        if (stride == 1) {
            return room + " + 1 = " + positions;
        }
        String quotient = "(" + room + ")/" + stride;
        return (leftOver(side) == 0 ? quotient : "⌊" + quotient + "⌋") + " + 1 = " + positions;
    }

    private String spanText() {
        return dilation == 1 || size == 1 ? Integer.toString(size) : "(" + dilation + "·(" + size + " - 1) + 1)";
    }

    private long padded(long side) {
        return side + 2L * padding;
    }
}
