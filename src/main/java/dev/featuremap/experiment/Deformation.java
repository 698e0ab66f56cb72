package dev.featuremap.experiment;

/**
 * How far a drawn letter may differ from the clean one; each amount is drawn evenly up to the bound given here.
 *
 * <p>All zero is the clean letter. Source: the lecture's slide L4 (X's that are moved, bent, thicker or broken).
 */
public record Deformation(
        @Key(value = "moved by up to this many pixels each way", byDefault = "0", range = "[0, 64]")
        double shift,

        @Key(value = "turned by up to this many degrees either way", byDefault = "0", range = "[0, 180]")
        double rotation,

        @Key(value = "larger or smaller by up to this share", byDefault = "0", range = "[0, 0.9]")
        double scale,

        @Key(value = "stroke thicker by up to this many pixels", byDefault = "0", range = "[0, 16]")
        double thickness,

        @Key(value = "standard deviation of the Gaussian noise added to each pixel", byDefault = "0", range = "[0, 2]")
        double noise,

        @Key(value = "up to this share of the ink is missing", byDefault = "0", range = "[0, 0.9]")
        double missing) {
    /** The clean letter. */
    public static final Deformation NONE = new Deformation(0, 0, 0, 0, 0, 0);

    public Deformation {
        Keys.check(Deformation.class, shift, rotation, scale, thickness, noise, missing);
    }
}
