package dev.featuremap.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A line of parts with two blanks between them, such as {@code epoch 1/3  loss 0.25  12 min left}, in a terminal of any width. */
public final class PartedLine {
    private static final String GAP = "  ";
    /** Within a part a line may end at a blank, but not between a number and its unit. */
    private static final Pattern BLANK = Pattern.compile("(?<!\\d) | (?![%\\p{L}])");

    private PartedLine() {}

    /** The same on as many lines as it takes: broken between parts, and within one only where that is wider by itself. */
    public static String wrapped(String line, int width) {
        if (TextWidth.of(line) <= width) {
            return line;
        }
        List<String> lines = new ArrayList<>();
        for (String part : line.split(GAP, -1)) {
            if (TextWidth.of(part) <= width) {
                append(lines, GAP, part, width);
                continue;
            }
            String gap = GAP;
            for (String word : BLANK.split(part, -1)) {
                append(lines, gap, word, width);
                gap = " ";
            }
        }
        return String.join("\n", lines);
    }

    private static void append(List<String> lines, String gap, String text, int width) {
        int last = lines.size() - 1;
        if (last >= 0 && TextWidth.of(lines.get(last)) + gap.length() + TextWidth.of(text) <= width) {
            lines.set(last, lines.get(last) + gap + text);
        } else {
            lines.add(text);
        }
    }

    /** One line of those parts, in their order, that there is room for; the first ones are asked first. */
    public static String fitting(List<String> parts, int width) {
        StringBuilder line = new StringBuilder();
        for (String part : parts) {
            if (part.isEmpty()) {
                continue;
            }
            String next = (line.isEmpty() ? "" : GAP) + part;
            if (TextWidth.of(line.toString()) + TextWidth.of(next) <= width) {
                line.append(next);
            }
        }
        return line.toString();
    }
}
