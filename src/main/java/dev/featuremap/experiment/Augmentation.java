package dev.featuremap.experiment;

/**
 * How far a training picture is varied, anew in each epoch; each amount is drawn evenly up to the bound given here.
 *
 * <p>All zero is the picture as it is.
 */
public record Augmentation(
        @Key(value = "turned by up to this many degrees either way", byDefault = "0", range = "[0, 180]")
        double rotation,

        @Key(value = "moved by up to this many pixels each way", byDefault = "0", range = "[0, 256]")
        double shift,

        @Key(value = "larger or smaller by up to this share", byDefault = "0", range = "[0, 0.9]")
        double scale,

        @Key(value = "its columns leaning by up to this many degrees either way", byDefault = "0", range = "[0, 60]")
        double shear,

        @Key(value = "horizontal: mirrored left to right, every other time on average", byDefault = "none")
        Flip flip,

        @Key(value = "each pixel moved a little, as its neighbours are", byDefault = "{}")
        Elastic elastic,

        @Key(
                value = "a rectangle of up to this share of the picture is covered with its background",
                byDefault = "0",
                range = "[0, 1)")
        double erase,

        @Key(
                value = "lighter or darker by up to this share of the way from black to white",
                byDefault = "0",
                range = "[0, 1]")
        double brightness,

        @Key(
                value = "levels further from their mean, or nearer to it, by up to this share",
                byDefault = "0",
                range = "[0, 1]")
        double contrast,

        @Key(
                value =
                        "standard deviation of the Gaussian noise added to each level, as a share of the way from black to"
                                + " white",
                byDefault = "0",
                range = "[0, 1]")
        double noise,

        @Key(
                value = "share of the pictures that are varied, drawn anew in each epoch; the others are as they are",
                byDefault = "1",
                range = "[0, 1]")
        double share) {
    /** The picture as it is. */
    public static final Augmentation NONE =
            new Augmentation(0, 0, 0, 0, Flip.NONE, new Elastic(0, Elastic.SIGMA), 0, 0, 0, 0, 1);

    public Augmentation {
        Keys.check(
                Augmentation.class,
                rotation,
                shift,
                scale,
                shear,
                flip,
                elastic,
                erase,
                brightness,
                contrast,
                noise,
                share);
    }

    /** Whether pixels move. */
    public boolean warps() {
        return rotation > 0 || shift > 0 || scale > 0 || shear > 0 || flip != Flip.NONE || elastic.alpha > 0;
    }

    /** Whether levels change where they are. */
    public boolean changesTone() {
        return brightness > 0 || contrast > 0 || noise > 0;
    }

    /** Whether anything is varied. */
    public boolean isAny() {
        return share > 0 && (warps() || erase > 0 || changesTone());
    }

    /** In which directions a picture may be mirrored. */
    public enum Flip {
        NONE,
        HORIZONTAL
    }

    /**
     * A random displacement of each pixel, smoothed by a Gaussian.
     *
     * <p>Source: Simard, Steinkraus and Platt, Best practices for convolutional neural networks (2003), who take 34 and 4 for
     * digits of 29x29.
     */
    public record Elastic(
            @Key(
                    value = "what smoothed random displacements, drawn evenly from -1 to 1 pixel, are multiplied by;"
                            + " 34 with sigma 4 moves a pixel by about 1.4 each way",
                    byDefault = "0",
                    range = "[0, 10000]")
            double alpha,

            @Key(
                    value = "standard deviation of the Gaussian that smooths them, in pixels",
                    byDefault = "4",
                    range = "[0.5, 64]")
            double sigma) {
        private static final double SIGMA = 4;

        public Elastic {
            Keys.check(Elastic.class, alpha, sigma);
        }
    }
}
