package dev.featuremap.page;

import dev.featuremap.page.Block.Chart;
import dev.featuremap.page.Block.Series;
import java.util.List;
import java.util.Locale;

/** A chart as inline SVG: lines over a common axis, the vertical axis from 0 or the lowest value below it. */
final class SvgChart {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 290;
    private static final int LEFT = 58;
    private static final int RIGHT = 18;
    private static final int TOP = 58;
    private static final int BOTTOM = 40;
    private static final int TICKS = 4;

    private final Chart chart;
    private final int last;
    private final double low;
    private final double high;

    private SvgChart(Chart chart) {
        this.chart = chart;
        this.last = chart.series().stream()
                .mapToInt(series -> series.values().size() - 1)
                .max()
                .orElse(0);
        this.low = Math.min(0, extreme(chart.series(), false));
        this.high = Math.max(low + 1e-12, extreme(chart.series(), true));
    }

    static String of(Chart chart) {
        return new SvgChart(chart).svg();
    }

    private static double extreme(List<Series> series, boolean largest) {
        var values = series.stream().flatMap(line -> line.values().stream()).mapToDouble(Double::doubleValue);
        return (largest ? values.max() : values.min()).orElse(0);
    }

    private String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH,
                HEIGHT,
                Html.escape(chart.caption())));
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = low + tick * (high - low) / TICKS;
            double y = y(value);
            svg.append(line(LEFT, y, WIDTH - RIGHT, y));
            svg.append(text(LEFT - 6, y + 4, "end", label(value)));
            int step = Math.round(tick * (float) last / TICKS);
            svg.append(text(x(step), HEIGHT - BOTTOM + 16, "middle", Integer.toString(step)));
        }
        svg.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", chart.across()));
        svg.append(text(0, 15, "start", chart.caption()));
        double legend = LEFT;
        for (int i = 0; i < chart.series().size(); i++) {
            Series series = chart.series().get(i);
            svg.append(polyline(series, i));
            svg.append(String.format(
                    Locale.ROOT, "<rect class=\"key%d\" x=\"%.1f\" y=\"31\" width=\"14\" height=\"4\"/>", i, legend));
            svg.append(text(legend + 19, 38, "start", series.name()));
            legend += 36 + 8.4 * TextWidth.of(series.name());
        }
        return svg.append("</svg>").toString();
    }

    private String polyline(Series series, int index) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < series.values().size(); i++) {
            points.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", x(i), y(series.values().get(i))));
        }
        return "<polyline class=\"line" + index + "\" points=\""
                + points.toString().strip() + "\"/>";
    }

    private double x(int step) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (last == 0 ? 0.5 : step / (double) last);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - low) / (high - low);
    }

    private static String label(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3g", value);
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return String.format(Locale.ROOT, "<path d=\"M%.1f %.1fL%.1f %.1f\"/>", x1, y1, x2, y2);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor)
                + Html.escape(text) + "</text>";
    }
}
