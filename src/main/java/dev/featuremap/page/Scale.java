package dev.featuremap.page;

import dev.featuremap.page.Chart.Axis;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The numbers along an axis, from {@code low} to {@code high}, and how they are written. */
record Scale(Axis axis, double low, double high) {
    private static final double MARGIN = 0.06;
    private static final int ABOUT_TICKS = 5;
    private static final int DIGITS = 4;

    /** Just so wide that all values lie on it; as wide as the axis says where it does. */
    static Scale of(Axis axis, double... values) {
        double least = DoubleStream.of(values).min().orElse(0);
        double greatest = DoubleStream.of(values).max().orElse(1);
        if (axis.range() != null) {
            return new Scale(axis, axis.range().get(0), axis.range().get(1));
        }
        if (least < greatest) {
            return new Scale(axis, least, greatest);
        }
        double around = axis.whole() || least == 0 ? 0.5 : 0.1 * Math.abs(least);
        return new Scale(axis, least - around, greatest + around);
    }

    /** The same with a margin at both ends, but not beyond 0, nor beyond the whole of a share. */
    Scale withMargin() {
        if (axis.range() != null) {
            return this;
        }
        if (axis.log()) {
            double factor = Math.pow(high / low, MARGIN);
            return new Scale(axis, low / factor, high * factor);
        }
        double margin = MARGIN * (high - low);
        return new Scale(
                axis,
                low >= 0 ? Math.max(0, low - margin) : low - margin,
                axis.percent() && high <= 1 ? Math.min(1, high + margin) : high + margin);
    }

    /** Where a value lies, from 0 ({@code low}) to 1. */
    double place(double value) {
        double place = axis.log() ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return Math.min(1, Math.max(0, place));
    }

    /** Round numbers on the scale, about five; all names. */
    List<Double> ticks() {
        if (axis.names() != null) {
            return IntStream.range(0, axis.names().size())
                    .asDoubleStream()
                    .boxed()
                    .toList();
        }
        if (axis.log() && high / low >= 100) {
            int first = (int) Math.ceil(Math.log10(low) - 1e-9);
            int last = (int) Math.floor(Math.log10(high) + 1e-9);
            int step = Math.max(1, (last - first + 1) / ABOUT_TICKS);
            return DoubleStream.iterate(first, power -> power <= last, power -> power + step)
                    .map(power -> Math.pow(10, power))
                    .boxed()
                    .toList();
        }
        double step = step();
        double first = Math.ceil(low / step - 1e-9);
        double last = Math.floor(high / step + 1e-9);
        return DoubleStream.iterate(first, count -> count <= last, count -> count + 1)
                .map(count -> count * step)
                .boxed()
                .toList();
    }

    /** 1, 2 or 5 times a power of ten. */
    private double step() {
        double rough = (high - low) / ABOUT_TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step =
                rough <= power ? power : rough <= 2 * power ? 2 * power : rough <= 5 * power ? 5 * power : 10 * power;
        return axis.whole() ? Math.max(1, step) : step;
    }

    /** A tick's number, with the places that tell it from its neighbours. */
    String tick(double value) {
        if (axis.names() != null) {
            return axis.names().get((int) value);
        }
        double step = step() * (axis.percent() ? 100 : 1);
        double shown = axis.percent() ? 100 * value : value;
        double largest = Math.max(Math.abs(low), Math.abs(high));
        if (!axis.percent() && (axis.log() || largest < 1e-3 || largest >= 1e6)) {
            return rounded(value);
        }
        int places = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return signed(String.format(Locale.ROOT, "%,." + places + "f", shown)) + (axis.percent() ? " %" : "");
    }

    /** A value by itself: a share in hundredths of a per cent, in thousandths close to all; others in four digits. */
    String figure(double value) {
        if (axis.names() != null) {
            return tick(value);
        }
        if (axis.percent()) {
            int places = value > 0.999 && value < 1 ? 3 : 2;
            return signed(String.format(Locale.ROOT, "%." + places + "f", 100 * value)) + " %";
        }
        return rounded(value);
    }

    private static String rounded(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            return signed(String.format(Locale.ROOT, "%.1e", value))
                    .replaceFirst("\\.0e", "e")
                    .replaceFirst("e([+-])0", "e$1");
        }
        BigDecimal shown = new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
        return signed(String.format(Locale.ROOT, "%,." + Math.max(0, shown.scale()) + "f", shown));
    }

    /** A typographic minus, and none before a zero. */
    private static String signed(String number) {
        return number.matches("-[0.]*") ? number.substring(1) : number.replaceFirst("^-", "−");
    }
}
