package dev.featuremap.lecture;

import dev.featuremap.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cell of a feature map by row and column, both counted from 1 as people do. */
public record Place(int row, int column) {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,2}),([1-9]\\d{0,2})");

    /** Reads {@code row,column}. */
    public static Place parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw Failure.usage(
                    "--cell " + text + ": not a row and a column", "write both, counted from 1, such as --cell 2,2");
        }
        return new Place(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public String toString() {
        return row + "," + column;
    }
}
