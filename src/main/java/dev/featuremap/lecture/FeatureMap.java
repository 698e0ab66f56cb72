package dev.featuremap.lecture;

import dev.featuremap.page.Grid;

/**
 * What one filter finds in a picture of {@code [size, size]} pixels of −1 and +1: {@code [size − 2, size − 2]} means of
 * nine products. Source: slides L5, L6.
 *
 * @param filter the filter's shape
 * @param ninths the sum of the nine products at each place, a whole number from −9 to 9
 * @param decimals the mean, {@code ninths / 9}
 * @param cut the mean cut to two decimals, towards zero, as the slides write it
 */
public record FeatureMap(String filter, Grid weights, Grid ninths, Grid decimals, Grid cut) {
    /** Valid convolution: only whole windows, the filter not turned round. */
    public static FeatureMap of(Grid picture, Filter filter) {
        int border = Filter.SIDE - 1;
        Grid ninths = Grid.of(
                picture.rows() - border,
                picture.columns() - border,
                (row, column) -> sumOfProducts(picture, filter.weights(), row, column));
        return new FeatureMap(
                filter.shape(),
                filter.weights(),
                ninths,
                ninths.map(sum -> sum / 9),
                ninths.map(FeatureMap::cutToHundredths));
    }

    /** Whole-number division cuts towards zero: −1/9 becomes −0.11. */
    private static double cutToHundredths(double ninths) {
        int hundredths = 100 * (int) ninths / 9;
        return hundredths / 100.0;
    }

    private static double sumOfProducts(Grid picture, Grid weights, int row, int column) {
        double sum = 0;
        for (int r = 0; r < weights.rows(); r++) {
            for (int c = 0; c < weights.columns(); c++) {
                sum += picture.at(row + r, column + c) * weights.at(r, c);
            }
        }
        return sum;
    }

    /** A number of ninths with all its decimals, such as {@code 0.777…}. */
    static String exact(double ninths) {
        int sum = (int) Math.abs(ninths);
        String sign = ninths < 0 ? "-" : "";
        return sign
                + sum / 9
                + (sum % 9 == 0 ? "" : "." + String.valueOf(sum % 9).repeat(3) + "…");
    }
}
