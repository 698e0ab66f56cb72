package dev.featuremap.page;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Series over the places of an axis, drawn by {@link Plot}.
 *
 * @param id what a template calls it
 * @param x one place per point, ascending
 * @param series what is drawn over {@code x}, the first of them the lowest
 */
public record Chart(String id, Axis x, Axis y, List<Double> places, List<Series> series) implements Block, Diagram {
    /**
     * One of the two axes.
     *
     * @param label with its unit
     * @param percent whether values are shares, shown as per cent
     * @param range the least and the greatest value shown; null: as the values need
     * @param log whether equal ratios are equal distances; all values are above 0 then
     * @param whole whether only whole numbers lie on it
     * @param names of the places 0, 1, … where it has no numbers; else null
     */
    public record Axis(
            String label, boolean percent, List<Double> range, boolean log, boolean whole, List<String> names) {
        public static Axis of(String label) {
            return new Axis(label, false, null, false, false, null);
        }

        public static Axis share(String label) {
            return new Axis(label, true, null, false, false, null);
        }

        /** What counts, such as epochs. */
        public static Axis counting(String label) {
            return new Axis(label, false, null, false, true, null);
        }

        /** Names side by side, at the places 0, 1, … */
        public static Axis named(String label, List<String> names) {
            return new Axis(label, false, List.of(-0.2, names.size() - 0.8), false, true, List.copyOf(names));
        }

        public Axis within(double low, double high) {
            return new Axis(label, percent, List.of(low, high), log, whole, names);
        }

        public Axis ofRatios() {
            return new Axis(label, percent, range, true, whole, names);
        }
    }

    /** How a series is drawn. */
    public enum Form {
        LINE,
        STEPS,
        POINTS,
        BARS,
        REFERENCE
    }

    /**
     * One thing drawn.
     *
     * @param colour from 1, a place in the palette
     * @param values one per place, null where there is none
     * @param low and {@code high}: the edges of a band around the values, or null
     */
    public record Series(String name, int colour, Form form, List<Double> values, List<Double> low, List<Double> high) {
        public static Series line(String name, int colour, List<Double> values) {
            return new Series(name, colour, Form.LINE, values, null, null);
        }

        public static Series of(Form form, String name, int colour, List<Double> values) {
            return new Series(name, colour, form, values, null, null);
        }
    }

    /**
     * Lines over places that count from 0, each in its own colour.
     *
     * @param title what the vertical axis measures
     * @param across what is counted
     */
    public static Chart counting(String title, String across, List<Series> lines) {
        int places = lines.stream().mapToInt(line -> line.values().size()).max().orElse(0);
        return new Chart(
                title,
                Axis.counting(across),
                Axis.of(title),
                IntStream.range(0, places).mapToObj(place -> (double) place).toList(),
                lines);
    }

    @Override
    public Drawing drawing() {
        return Plot.of(this);
    }

    /** Numbers that can be drawn: what is not finite is a gap. */
    public static List<Double> values(double... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> Double.isFinite(number) ? (Double) number : null)
                .toList();
    }
}
