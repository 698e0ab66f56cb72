package dev.featuremap.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a message shows of a stranger's text: one line, at most 60 characters, nothing a terminal would obey. */
final class Shown {
    private static final int LONGEST = 60;
    private static final int LONGEST_COMPARED = 40;

    private Shown() {}

    /** The whole text on one line. */
    static String line(String text) {
        return text.codePoints().mapToObj(Shown::character).collect(Collectors.joining());
    }

    /** The first 60 characters on one line. */
    static String text(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return line(text);
        }
        return line(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + "…";
    }

    static String node(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar scalar) {
            String absent = scalar.kind() == ConfigNode.Kind.NULL ? "nothing" : "empty text";
            return scalar.text().isEmpty() ? absent : text(scalar.text());
        }
        if (node instanceof ConfigNode.Sequence sequence) {
            return "a list of " + sequence.items().size();
        }
        ConfigNode.Mapping mapping = (ConfigNode.Mapping) node;
        return mapping.entries().isEmpty()
                ? "an empty map"
                : text("a map of "
                        + mapping.entries().keySet().stream().limit(10).collect(Collectors.joining(", ")));
    }

    /** The words to choose from and, where one is close to what was found, a question after it. */
    static String allowed(List<String> words, String found) {
        String nearest = nearest(words, found)
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
        return "allowed: " + String.join(", ", words) + nearest;
    }

    /** The word that typing errors in about a third of its letters may have turned into what was found. */
    private static Optional<String> nearest(List<String> words, String found) {
        if (found.length() > LONGEST_COMPARED) {
            return Optional.empty();
        }
        String lower = found.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Math.max(1, found.length() / 3) + 1;
        for (String word : words) {
            int distance = distance(lower, word.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = word;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Levenshtein's distance: the insertions, deletions and replacements that turn one word into the other. */
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
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
