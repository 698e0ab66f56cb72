package dev.featuremap.page;

import dev.featuremap.page.Chart.Axis;
import dev.featuremap.page.Drawing.Area;
import dev.featuremap.page.Drawing.Line;
import dev.featuremap.page.Drawing.Mark;
import dev.featuremap.page.Drawing.Point;
import dev.featuremap.page.Drawing.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Values in their intervals below one another, on one axis.
 *
 * @param title what the values are
 * @param zero whether a line stands at 0
 * @param margin how far from 0 a band reaches on both sides; null for none
 * @param bars each joins neighbouring rows
 */
public record IntervalChart(
        String id, String title, Axis axis, boolean zero, Double margin, List<Row> rows, List<Bar> bars)
        implements Diagram {
    private static final double WIDTH = 400;
    private static final double LEFT = 8;
    private static final double ROW = 36;
    private static final double TRACK = 24;
    private static final double BAR = 9;

    /** What a value is drawn as. */
    public enum Form {
        FILLED,
        HOLLOW,
        SQUARE,
        SMALL
    }

    /**
     * One value.
     *
     * @param figures stand beside the name
     * @param token its colour in {@code tokens.css}
     * @param says what the form means, for who does not see it
     * @param interval its ends; null where there is none
     */
    public record Row(
            String name, String figures, String token, Form form, String says, double value, List<Double> interval) {}

    /** Joins the rows from {@code first} to {@code last}, counted from 0; {@code twice} as a double line. */
    public record Bar(int first, int last, boolean twice) {}

    @Override
    public Drawing drawing() {
        double right = WIDTH - LEFT - (bars.isEmpty() ? 0 : BAR * (bars.size() + 1));
        double bottom = ROW * rows.size() + 6;
        Scale scale = scale();
        DoubleUnaryOperator x = value -> LEFT + 6 + scale.place(value) * (right - LEFT - 12);
        List<Mark> marks = new ArrayList<>();
        if (margin != null) {
            String low = Drawing.at(x.applyAsDouble(-margin));
            String high = Drawing.at(x.applyAsDouble(margin));
            marks.add(new Area("M" + low + " 0H" + high + "V" + bottom + "H" + low + "Z", "series-3", 0.16));
        }
        for (double tick : scale.ticks()) {
            marks.add(new Line("M" + Drawing.at(x.applyAsDouble(tick)) + " " + bottom + "V0", "line", 1, null));
            marks.add(new Text(x.applyAsDouble(tick), bottom + 10, "middle", "soft", scale.tick(tick)));
        }
        if (zero) {
            marks.add(new Line("M" + Drawing.at(x.applyAsDouble(0)) + " 0V" + bottom, "soft", 1.2, null));
        }
        marks.add(new Line("M" + LEFT + " " + bottom + "H" + right, "faint", 1, null));
        marks.add(new Text((LEFT + right) / 2, bottom + 25, "middle", "soft", axis.label()));
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), ROW * i, x, right, marks);
        }
        for (int i = 0; i < bars.size(); i++) {
            bar(bars.get(i), right + BAR * (i + 1.5), marks);
        }
        return new Drawing(title, description(), WIDTH, bottom + 34, marks);
    }

    /** Holds all values and intervals, and with them zero and the margin. */
    private Scale scale() {
        Stream<Double> ofRows = rows.stream()
                .flatMap(row -> Stream.concat(
                        Stream.of(row.value), row.interval == null ? Stream.empty() : row.interval.stream()));
        Stream<Double> ofZero = zero ? Stream.of(0.0) : Stream.empty();
        Stream<Double> ofMargin = margin == null ? Stream.empty() : Stream.of(-margin, margin);
        return Scale.of(
                        axis,
                        Stream.of(ofRows, ofZero, ofMargin)
                                .flatMap(values -> values)
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                .withMargin();
    }

    private String description() {
        Stream<String> ofRows = rows.stream().map(row -> (row.name + " " + row.figures + " " + row.says).strip());
        Stream<String> ofBars = bars.stream()
                .map(bar -> "joined " + (bar.twice ? "twice" : "once") + ": "
                        + rows.subList(bar.first, bar.last + 1).stream()
                                .map(Row::name)
                                .collect(Collectors.joining(", ")));
        return Stream.concat(ofRows, ofBars).collect(Collectors.joining("; "));
    }

    private static void row(Row row, double top, DoubleUnaryOperator x, double right, List<Mark> marks) {
        marks.add(new Text(LEFT, top + 9, "start", "ink", row.name));
        marks.add(new Text(right, top + 9, "end", "ink", row.figures));
        double y = top + TRACK;
        if (row.interval != null) {
            marks.add(new Line(
                    "M" + Drawing.at(x.applyAsDouble(row.interval.get(0))) + " " + y + "H"
                            + Drawing.at(x.applyAsDouble(row.interval.get(1))),
                    row.token,
                    2,
                    null));
        }
        double middle = x.applyAsDouble(row.value);
        switch (row.form) {
            case FILLED -> marks.add(new Line("M" + middle + " " + y + "h0", row.token, 11, null));
            case HOLLOW -> {
                marks.add(new Line("M" + middle + " " + y + "h0", row.token, 11, null));
                marks.add(new Line("M" + middle + " " + y + "h0", "paper", 6.5, null));
            }
            case SQUARE -> marks.add(new Area("M" + (middle - 5) + " " + (y - 5) + "h10v10h-10Z", row.token, 1));
            case SMALL -> marks.add(new Line("M" + middle + " " + y + "h0", row.token, 6, null));
        }
        marks.add(new Point(
                middle, y, 0, row.token, row.name + " " + row.figures + (row.says.isEmpty() ? "" : ": " + row.says)));
    }

    private static void bar(Bar bar, double x, List<Mark> marks) {
        String path = "M%s " + (ROW * bar.first + TRACK - 6) + "V" + (ROW * bar.last + TRACK + 6);
        if (bar.twice) {
            marks.add(new Line(path.formatted(x - 1.8), "ink", 1.6, null));
            marks.add(new Line(path.formatted(x + 1.8), "ink", 1.6, null));
        } else {
            marks.add(new Line(path.formatted(x), "ink", 2.5, null));
        }
    }
}
