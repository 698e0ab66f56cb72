package dev.featuremap.lecture;

import dev.featuremap.page.Block.Numbers;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.Grid;
import java.util.Arrays;
import java.util.Locale;

/** Feature maps in ninths, all in one scale whose end is 9/9, so that they can be compared. */
final class Ninths {
    /** All nine pixels are as the filter wants them. */
    static final double FULL = Filter.SIDE * Filter.SIDE;

    /** What float32 leaves of a whole number of ninths. */
    private static final double ROUNDING = 1e-4;

    private Ninths() {}

    /** The numbers of a map; whole if all of them are, else with one decimal. */
    static Numbers numbers(String caption, Grid ninths) {
        return new Numbers(caption, ninths, value -> written(ninths, value)).within(FULL);
    }

    static Picture drawn(String caption, Grid ninths) {
        return Picture.signed(caption, ninths, FULL);
    }

    private static String written(Grid ninths, double value) {
        boolean whole =
                Arrays.stream(ninths.toArray()).allMatch(number -> Math.abs(number - Math.rint(number)) < ROUNDING);
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", value);
    }
}
