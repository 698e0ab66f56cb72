package dev.featuremap.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/** How wide text stands in a terminal, where a Chinese character takes two columns. */
final class TextWidth {
    /** What sets a terminal's colour takes no room. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private TextWidth() {}

    static int of(String text) {
        if (isPlain(text)) {
            return text.length();
        }
        return COLOUR.matcher(text)
                .replaceAll("")
                .codePoints()
                .map(character -> Math.max(0, WCWidth.wcwidth(character)))
                .sum();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** The text with blanks after it, to a width in columns. */
    static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /** The text with blanks before it, to a width in columns. */
    static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - of(text))) + text;
    }

    /** Lines no wider than a width: broken at blanks, and beside any wide character. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String piece : pieces(text)) {
            if (!line.isEmpty() && of(line.toString()) + of(piece.stripTrailing()) > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(piece);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** Words with the blank after them, and wide characters one by one with the punctuation that must follow them. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int before = 0;
        for (int character : text.codePoints().toArray()) {
            boolean breakable = before == ' ' || isWide(before) || isWide(character);
            if (!piece.isEmpty() && breakable && !closes(character) && character != ' ') {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.appendCodePoint(character);
            before = character;
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private static boolean closes(int character) {
        return "，。；：、！？）”》.,;:!?)".indexOf(character) >= 0;
    }

    /** A character of Unicode's East Asian Width W or F stands two columns wide, one that combines with the one before it none. */
    private static boolean isWide(int character) {
        return WCWidth.wcwidth(character) == 2;
    }
}
