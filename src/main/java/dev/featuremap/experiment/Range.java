package dev.featuremap.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An interval of numbers, written as in mathematics: {@code [1, 9]} with its ends, {@code (0, inf)} without. */
record Range(double low, boolean withLow, double high, boolean withHigh, String text) {
    private static final Pattern NOTATION = Pattern.compile("([\\[(])\\s*([^,\\s]+)\\s*,\\s*([^,\\s]+)\\s*([])])");

    static Range of(String text) {
        Matcher parts = NOTATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not an interval: " + text);
        }
        return new Range(
                bound(parts.group(2)),
                parts.group(1).equals("["),
                bound(parts.group(3)),
                parts.group(4).equals("]"),
                text);
    }

    /** False for a NaN, and for an infinity at an open end. */
    boolean contains(double number) {
        return (withLow ? number >= low : number > low) && (withHigh ? number <= high : number < high);
    }

    private static double bound(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
