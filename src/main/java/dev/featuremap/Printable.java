package dev.featuremap;

import java.util.Locale;
import java.util.stream.Collectors;

/** A stranger's text, such as a file's name, on one line and with nothing that a terminal would obey. */
public final class Printable {
    private Printable() {}

    /** The text with every control, formatting, private and unpaired character written as its number, {@code \\u001b}. */
    public static String line(String text) {
        if (isPlain(text)) {
            return text;
        }
        return text.codePoints().mapToObj(Printable::character).collect(Collectors.joining());
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String character(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> String.format(Locale.ROOT, "\\u%04x", codePoint);
            default -> Character.toString(codePoint);
        };
    }
}
