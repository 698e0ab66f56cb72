package dev.featuremap;

import java.util.Collection;
import java.util.Locale;

/** What someone who wrote a word that is not known may have meant. */
public final class Spelling {
    private static final int LONGEST_COMPARED = 40;

    private Spelling() {}

    /**
     * {@code "; did you mean WORD?"} with the word that typing errors in about a third of its letters may have turned into what was
     * found; nothing when there is no such word.
     */
    public static String didYouMean(Collection<String> words, String found) {
        if (found.length() > LONGEST_COMPARED) {
            return "";
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
        return nearest == null ? "" : "; did you mean " + nearest + "?";
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
