package dev.featuremap.data;

/**
 * How light a picture's border is beside what lies within it, levels 0 (dark) to 255, channels taken together: paper is
 * what lies at the border.
 *
 * @param border mean of the outermost pixels
 * @param inside mean of all others; the border's where there are none
 * @param darkest the darkest level anywhere
 * @param lightest the lightest
 */
public record BorderTone(double border, double inside, int darkest, int lightest) {
    /** Of a picture's levels {@code [channels, height, width]}. */
    public static BorderTone of(byte[] levels, int height, int width) {
        long[] sums = new long[2];
        long[] counts = new long[2];
        int darkest = 255;
        int lightest = 0;
        for (int i = 0; i < levels.length; i++) {
            int level = levels[i] & 0xff;
            int row = i / width % height;
            int column = i % width;
            int within = row > 0 && column > 0 && row < height - 1 && column < width - 1 ? 1 : 0;
            sums[within] += level;
            counts[within]++;
            darkest = Math.min(darkest, level);
            lightest = Math.max(lightest, level);
        }
        double border = (double) sums[0] / counts[0];
        return new BorderTone(border, counts[1] == 0 ? border : (double) sums[1] / counts[1], darkest, lightest);
    }

    /** Whether the border is nearer to the lightest pixel than to the darkest: dark ink on light paper. */
    public boolean onLight() {
        return 2 * border > darkest + lightest;
    }

    /** Whether the border is nearer to the darkest pixel: light ink on dark paper. Neither, where all is of one level. */
    public boolean onDark() {
        return 2 * border < darkest + lightest;
    }
}
