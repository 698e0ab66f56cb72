package dev.featuremap.data;

/**
 * How one axis of a picture is resized: each new pixel is a weighted mean of old ones.
 *
 * <p>Smaller: the mean over the area the new pixel covers, so that no old pixel is lost. Larger: linear between the two
 * nearest. The same size leaves every pixel as it is.
 */
final class ResizedAxis {
    private final int[] first;
    private final float[][] weights;

    ResizedAxis(int from, int to) {
        first = new int[to];
        weights = new float[to][];
        double step = (double) from / to;
        for (int i = 0; i < to; i++) {
            if (to < from) {
                area(i, step, from);
            } else {
                linear(i, step, from);
            }
        }
    }

    private void area(int i, double step, int from) {
        double low = i * step;
        double high = Math.min(from, (i + 1) * step);
        first[i] = (int) low;
        int end = (int) Math.ceil(high);
        weights[i] = new float[end - first[i]];
        for (int old = first[i]; old < end; old++) {
            weights[i][old - first[i]] = (float) ((Math.min(old + 1, high) - Math.max(old, low)) / (high - low));
        }
    }

    private void linear(int i, double step, int from) {
        double centre = Math.max(0, Math.min(from - 1, (i + 0.5) * step - 0.5));
        first[i] = Math.min((int) centre, Math.max(0, from - 2));
        float toSecond = (float) (centre - first[i]);
        weights[i] = from == 1 ? new float[] {1} : new float[] {1 - toSecond, toSecond};
    }

    /** Number of new pixels. */
    int size() {
        return first.length;
    }

    /** The part an old pixel has in a new one. */
    float weight(int i, int old) {
        int place = old - first[i];
        return place < 0 || place >= weights[i].length ? 0 : weights[i][place];
    }

    /** The first old pixel that has a part in a new one. */
    int first(int i) {
        return first[i];
    }

    /** One more than the last old pixel that has a part in a new one. */
    int end(int i) {
        return first[i] + weights[i].length;
    }
}
