package dev.featuremap.experiment;

import dev.featuremap.Printable;
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
        return Printable.line(text);
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
    static String choose(List<String> words, String found) {
        String nearest = nearest(words, found)
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
        return String.join(", ", words) + nearest;
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

    /**
     * The fewest letters to insert, delete, replace or swap with their neighbour that turn one word into the other:
     * Levenshtein's distance with a swap counted once (optimal string alignment).
     */
    private static int distance(String from, String to) {
        int[][] least = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : step(least, from, i, to, j);
            }
        }
        return least[from.length()][to.length()];
    }

    private static int step(int[][] least, String from, int i, String to, int j) {
        char last = from.charAt(i - 1);
        int replaced = least[i - 1][j - 1] + (last == to.charAt(j - 1) ? 0 : 1);
        int step = Math.min(replaced, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && last == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(step, 1 + least[i - 2][j - 2]) : step;
    }
}
