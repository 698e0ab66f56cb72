package dev.featuremap.report;

import java.util.Arrays;
import java.util.List;

/**
 * A chart as {@code report.js} draws it.
 *
 * @param id the element it is drawn into
 * @param x one place per point, ascending
 * @param series what is drawn over {@code x}, the first of them the lowest
 */
record Chart(String id, Axis x, Axis y, List<Double> places, List<Series> series) {
    /**
     * @param label with its unit
     * @param percent whether values are shares, shown as per cent
     * @param range the least and the greatest value shown; null: as the values need
     * @param log whether equal ratios are equal distances; all values are above 0 then
     */
    record Axis(String label, boolean percent, List<Double> range, boolean log) {
        static Axis of(String label) {
            return new Axis(label, false, null, false);
        }

        static Axis share(String label) {
            return new Axis(label, true, null, false);
        }

        Axis within(double low, double high) {
            return new Axis(label, percent, List.of(low, high), log);
        }

        Axis ofRatios() {
            return new Axis(label, percent, range, true);
        }
    }

    /** How a series is drawn. */
    enum Form {
        LINE,
        STEPS,
        POINTS,
        BARS,
        REFERENCE
    }

    /**
     * @param colour from 1, a place in the page's palette
     * @param values one per place, null where there is none
     * @param low and {@code high}: the edges of a band around the values, or null
     */
    record Series(String name, int colour, Form form, List<Double> values, List<Double> low, List<Double> high) {
        static Series line(String name, int colour, List<Double> values) {
            return new Series(name, colour, Form.LINE, values, null, null);
        }

        static Series of(Form form, String name, int colour, List<Double> values) {
            return new Series(name, colour, form, values, null, null);
        }
    }

    /** Numbers a browser can read: what is not finite is a gap. */
    static List<Double> values(double... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> Double.isFinite(number) ? (Double) number : null)
                .toList();
    }
}
