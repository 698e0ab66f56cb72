package dev.featuremap.experiment;

/** A height and a width in pixels or cells; in the file one number for both, or {@code [height, width]}. */
public record Extent(int height, int width) {
    public Extent {
        if (height < 0 || width < 0 || height > 100_000 || width > 100_000) {
            throw new IllegalArgumentException(height + "x" + width + " is not in 0..100000");
        }
    }

    public static Extent square(int side) {
        return new Extent(side, side);
    }

    public boolean isAtLeast(int least) {
        return height >= least && width >= least;
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
