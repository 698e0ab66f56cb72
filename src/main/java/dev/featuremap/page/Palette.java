package dev.featuremap.page;

/** How a number between −1 and +1 looks: as a colour, and as characters two to a pixel. */
public enum Palette {
    /** 0 is black, 1 white: MNIST's light ink on dark paper. */
    LIGHT,
    /** 0 is white, 1 black: dark ink on light paper. */
    INK,
    /** −1 is blue, 0 white, +1 red. */
    SIGNED;

    // Seen well on white and on a dark theme's ground alike.
    private static final int BELOW = 0x2f80c8;
    private static final int ABOVE = 0xd03a46;
    private static final String RAMP = " .:-=+*#%@";
    private static final String SIGNED_RAMP = "=- +#";

    /** The colour as 0xRRGGBB. */
    int colour(double value) {
        double share = Math.max(-1, Math.min(1, value));
        return switch (this) {
            case LIGHT -> grey(share);
            case INK -> grey(1 - Math.max(0, share));
            case SIGNED -> share < 0 ? mixed(BELOW, -share) : mixed(ABOVE, share);
        };
    }

    /** The colour of {@link #SIGNED} as 0xAARRGGBB: the nearer to 0, the more is seen through it. */
    static int signed(double value) {
        int opacity = (int) Math.round(255 * Math.min(1, Math.abs(value)));
        return opacity << 24 | (value < 0 ? BELOW : ABOVE);
    }

    /** The pixel in a terminal. */
    char mark(double value) {
        double share = Math.max(-1, Math.min(1, value));
        if (this == SIGNED) {
            return SIGNED_RAMP.charAt((int) Math.round(2 + 2 * share));
        }
        return RAMP.charAt((int) Math.round(Math.max(0, share) * (RAMP.length() - 1)));
    }

    private static int grey(double share) {
        int level = (int) Math.round(255 * Math.max(0, share));
        return level << 16 | level << 8 | level;
    }

    /** White with a share of a colour in it. */
    private static int mixed(int colour, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int full = colour >> shift & 0xff;
            mixed |= (int) Math.round(255 + share * (full - 255)) << shift;
        }
        return mixed;
    }
}
