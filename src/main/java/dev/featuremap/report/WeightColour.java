package dev.featuremap.report;

/** The colours of weights: from blue (negative) over paper (zero) to red (positive), told apart by the colour-blind too. */
final class WeightColour {
    private static final int[] NEGATIVE = {0x1b, 0x5a, 0x9e};
    private static final int[] ZERO = {0xf6, 0xf4, 0xee};
    private static final int[] POSITIVE = {0xb2, 0x3a, 0x1e};

    private WeightColour() {}

    /**
     * Red, green and blue in one number.
     *
     * @param weight from -1 to 1
     */
    static int signed(double weight) {
        int[] end = weight < 0 ? NEGATIVE : POSITIVE;
        double share = Math.min(1, Math.abs(weight));
        int rgb = 0;
        for (int i = 0; i < ZERO.length; i++) {
            rgb = rgb << 8 | (int) Math.round(ZERO[i] + share * (end[i] - ZERO[i]));
        }
        return rgb;
    }

    /** The weights of a red, a green and a blue channel, each from -1 (none of it) over 0 (half) to 1 (all of it). */
    static int mixed(double red, double green, double blue) {
        return level(red) << 16 | level(green) << 8 | level(blue);
    }

    private static int level(double weight) {
        return (int) Math.round(127.5 + 127.5 * Math.max(-1, Math.min(1, weight)));
    }
}
