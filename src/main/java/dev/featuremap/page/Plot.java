package dev.featuremap.page;

import dev.featuremap.Printable;
import dev.featuremap.page.Chart.Form;
import dev.featuremap.page.Chart.Series;
import dev.featuremap.page.Drawing.Area;
import dev.featuremap.page.Drawing.Line;
import dev.featuremap.page.Drawing.Mark;
import dev.featuremap.page.Drawing.Point;
import dev.featuremap.page.Drawing.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A {@link Chart} as a picture. Series differ by colour and by dash; a line ends in its name and its last value, which stand apart
 * however close the ends are.
 */
final class Plot {
    private static final double WIDTH = 400;
    private static final double HEIGHT = 200;
    private static final double TOP = 10;
    private static final double BELOW = 36;
    private static final double LABEL = 14;
    /** Of a character of 11 pixels, on average. */
    private static final double CHARACTER = 6.7;

    private static final int LONGEST_NAME = 16;
    private static final int COLOURS = 8;
    /** One fewer than the colours, so that colour and dash together come again only after 56 series. */
    private static final List<String> DASHES = List.of("", "7 3", "2 2", "9 3 2 3", "12 4", "5 2 2 2 2 2", "3 5");

    private static final int MOST_MARKED = 30;
    private static final int MOST_TOLD = 200;

    private final Chart chart;
    private final List<Mark> marks = new ArrayList<>();
    private final Scale x;
    private final Scale y;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;

    /** Where a line ends, and what is said there. */
    private record End(Series series, double x, double y, String label) {}

    private Plot(Chart chart) {
        this.chart = chart;
        double[] places = numbers(chart.places().stream()).toArray();
        boolean scattered = chart.series().stream().anyMatch(series -> series.form() == Form.POINTS);
        x = scattered ? Scale.of(chart.x(), places).withMargin() : Scale.of(chart.x(), places);
        y = Scale.of(
                        chart.y(),
                        numbers(chart.series().stream().flatMap(Plot::drawn)).toArray())
                .withMargin();
        left = 12 + CHARACTER * longest(y.ticks().stream().map(y::tick));
        top = TOP + (unnamed().isEmpty() ? 0 : LABEL);
        double labels = longest(ended().map(this::label));
        right = WIDTH - (labels == 0 ? TOP : 18 + CHARACTER * labels);
        bottom = top + Math.max(HEIGHT, LABEL * ended().count());
    }

    static Drawing of(Chart chart) {
        return new Plot(chart).drawing();
    }

    private Drawing drawing() {
        axes();
        chart.series().forEach(this::band);
        chart.series().forEach(this::series);
        ends();
        legend();
        String description = chart.series().stream()
                .map(series -> series.name()
                        + last(series).stream()
                                .mapToObj(at -> " " + y.figure(series.values().get(at)) + " at "
                                        + chart.x().label() + " "
                                        + x.figure(chart.places().get(at)))
                                .findFirst()
                                .orElse(" nowhere"))
                .collect(Collectors.joining("; "));
        return new Drawing(chart.y().label() + ", " + chart.x().label(), description, WIDTH, bottom + BELOW, marks);
    }

    private void axes() {
        for (double tick : y.ticks()) {
            marks.add(new Line(
                    "M" + Drawing.at(left) + " " + Drawing.at(y(tick)) + "H" + Drawing.at(right), "line", 1, null));
            marks.add(new Text(left - 6, y(tick), "end", "soft", y.tick(tick)));
        }
        for (double tick : x.ticks()) {
            marks.add(new Line("M" + Drawing.at(x(tick)) + " " + Drawing.at(bottom) + "v4", "faint", 1, null));
            marks.add(new Text(x(tick), bottom + 12, "middle", "soft", x.tick(tick)));
        }
        marks.add(new Line(
                "M" + Drawing.at(left) + " " + Drawing.at(bottom) + "H" + Drawing.at(right), "faint", 1, null));
        marks.add(new Text(
                (left + right) / 2, bottom + 27, "middle", "soft", chart.x().label()));
    }

    private void band(Series series) {
        if (series.low() == null) {
            return;
        }
        List<Integer> there = IntStream.range(0, chart.places().size())
                .filter(i -> series.low().get(i) != null && series.high().get(i) != null)
                .boxed()
                .toList();
        if (there.isEmpty()) {
            return;
        }
        if (there.size() == 1) {
            double middle = x(chart.places().get(there.get(0)));
            marks.add(new Line(
                    "M" + Drawing.at(middle) + " " + Drawing.at(y(series.low().get(there.get(0)))) + "V"
                            + Drawing.at(y(series.high().get(there.get(0)))),
                    token(series),
                    1,
                    null));
            return;
        }
        Stream<String> above = there.stream().map(i -> point(i, series.high()));
        Stream<String> below = there.stream().sorted(Comparator.reverseOrder()).map(i -> point(i, series.low()));
        marks.add(
                new Area(Stream.concat(above, below).collect(Collectors.joining("L", "M", "Z")), token(series), 0.16));
    }

    private void series(Series series) {
        List<Integer> there = there(series);
        if (there.isEmpty()) {
            return;
        }
        switch (series.form()) {
            case BARS -> there.forEach(i -> bar(series, i));
            case POINTS ->
                marks.add(new Line(
                        there.stream()
                                .map(i -> "M" + point(i, series.values()) + "h0")
                                .collect(Collectors.joining()),
                        token(series),
                        chart.places().size() <= MOST_TOLD ? 7 : 4,
                        null));
            case STEPS ->
                marks.add(new Line(
                        "M" + point(there.get(0), series.values())
                                + there.stream()
                                        .skip(1)
                                        .map(i -> "H"
                                                + Drawing.at(x(chart.places().get(i))) + "V"
                                                + Drawing.at(y(series.values().get(i))))
                                        .collect(Collectors.joining()),
                        token(series),
                        2,
                        dashes(series)));
            case LINE, REFERENCE ->
                marks.add(new Line(
                        there.stream().map(i -> point(i, series.values())).collect(Collectors.joining("L", "M", "")),
                        token(series),
                        series.form() == Form.LINE ? 2 : 1.5,
                        dashes(series)));
        }
        if (series.form() != Form.REFERENCE && chart.places().size() <= MOST_TOLD) {
            there.forEach(i -> told(series, i));
        }
    }

    private void bar(Series series, int i) {
        double half = 0.46 * (right - left) / chart.places().size();
        double middle = x(chart.places().get(i));
        double value = y(series.values().get(i));
        marks.add(new Area(
                "M" + Drawing.at(middle - half) + " " + Drawing.at(bottom) + "V" + Drawing.at(value) + "H"
                        + Drawing.at(middle + half) + "V" + Drawing.at(bottom) + "Z",
                token(series),
                0.5));
    }

    private void told(Series series, int i) {
        boolean marked = series.form() == Form.LINE && chart.places().size() <= MOST_MARKED;
        marks.add(new Point(
                x(chart.places().get(i)),
                y(series.values().get(i)),
                marked ? 2.5 : 0,
                token(series),
                series.name() + ", " + chart.x().label() + " "
                        + x.figure(chart.places().get(i)) + ": "
                        + y.figure(series.values().get(i))));
    }

    /** The lines' names and last values, moved apart from the lowest to the highest and back. */
    private void ends() {
        List<End> ends = ended().map(series -> {
                    int last = last(series).getAsInt();
                    return new End(
                            series,
                            x(chart.places().get(last)),
                            y(series.values().get(last)),
                            label(series));
                })
                .sorted(Comparator.comparingDouble(End::y))
                .toList();
        double[] heights = ends.stream().mapToDouble(End::y).toArray();
        for (int i = 1; i < heights.length; i++) {
            heights[i] = Math.max(heights[i], heights[i - 1] + LABEL);
        }
        double lowest = bottom;
        for (int i = heights.length - 1; i >= 0; i--) {
            heights[i] = Math.min(heights[i], lowest);
            lowest = heights[i] - LABEL;
            End end = ends.get(i);
            marks.add(new Line(
                    "M" + Drawing.at(end.x) + " " + Drawing.at(end.y) + "L" + Drawing.at(right + 12) + " "
                            + Drawing.at(heights[i]),
                    token(end.series),
                    0.75,
                    null));
            marks.add(new Text(right + 16, heights[i], "start", "ink", end.label));
        }
    }

    /** What has no end that could bear its name. */
    private void legend() {
        double from = left;
        for (Series series : unnamed()) {
            marks.add(new Line("M" + Drawing.at(from + 4) + " " + Drawing.at(TOP) + "h0", token(series), 8, null));
            marks.add(new Text(from + 14, TOP, "start", "ink", series.name()));
            from += 30 + CHARACTER * TextWidth.of(series.name());
        }
    }

    private List<Series> unnamed() {
        return chart.series().stream().filter(series -> !isLine(series)).toList();
    }

    /** The series that are lines and have a value. */
    private Stream<Series> ended() {
        return chart.series().stream()
                .filter(series -> isLine(series) && last(series).isPresent());
    }

    private static boolean isLine(Series series) {
        return series.form() != Form.BARS && series.form() != Form.POINTS;
    }

    private String label(Series series) {
        String name = shortened(series.name());
        return series.form() == Form.REFERENCE
                ? name
                : name + " " + y.figure(series.values().get(last(series).getAsInt()));
    }

    /** Without its middle where it is long: names differ at both ends. */
    private static String shortened(String name) {
        int[] characters = Printable.line(name).codePoints().toArray();
        int half = LONGEST_NAME / 2;
        return characters.length <= LONGEST_NAME
                ? name
                : new String(characters, 0, half - 1) + "…" + new String(characters, characters.length - half, half);
    }

    private static String token(Series series) {
        return series.form() == Form.REFERENCE ? "soft" : "series-" + ((series.colour() - 1) % COLOURS + 1);
    }

    private static String dashes(Series series) {
        String dashes = series.form() == Form.REFERENCE ? "5 5" : DASHES.get((series.colour() - 1) % DASHES.size());
        return dashes.isEmpty() ? null : dashes;
    }

    private static Stream<Double> drawn(Series series) {
        Stream<Double> values = series.values().stream();
        return series.low() == null
                ? values
                : Stream.of(values, series.low().stream(), series.high().stream())
                        .flatMap(all -> all);
    }

    private static List<Integer> there(Series series) {
        return IntStream.range(0, series.values().size())
                .filter(i -> series.values().get(i) != null)
                .boxed()
                .toList();
    }

    private static OptionalInt last(Series series) {
        return there(series).stream().mapToInt(Integer::intValue).max();
    }

    private static DoubleStream numbers(Stream<Double> values) {
        return values.filter(Objects::nonNull).mapToDouble(Double::doubleValue);
    }

    private static int longest(Stream<String> texts) {
        return texts.mapToInt(TextWidth::of).max().orElse(0);
    }

    private String point(int i, List<Double> values) {
        return Drawing.at(x(chart.places().get(i))) + " " + Drawing.at(y(values.get(i)));
    }

    private double x(double value) {
        return left + x.place(value) * (right - left);
    }

    private double y(double value) {
        return bottom - y.place(value) * (bottom - top);
    }
}
