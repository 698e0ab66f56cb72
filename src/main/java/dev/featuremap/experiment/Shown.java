package dev.featuremap.experiment;

import dev.featuremap.Printable;
import dev.featuremap.Spelling;
import java.util.List;
import java.util.stream.Collectors;

/** What a message shows of a stranger's text: one line, at most 60 characters, nothing a terminal would obey. */
final class Shown {
    private static final int LONGEST = 60;

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

    /** The words to choose from and, where one means or is close to what was found, a question after it. */
    static String choose(List<String> words, String found) {
        return String.join(", ", words)
                + Synonyms.of(words, found).map(Shown::didYouMean).orElseGet(() -> Spelling.didYouMean(words, found));
    }

    static String didYouMean(String meant) {
        return "; did you mean " + meant + "?";
    }
}
