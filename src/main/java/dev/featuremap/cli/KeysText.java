package dev.featuremap.cli;

import dev.featuremap.experiment.KeyDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of a kind of file as people read them: in the terminal, and as tables of a page in {@code docs}. */
final class KeysText {
    /** Keys by the path of the map they are in, such as {@code training.updater}; the file's own under the empty path. */
    private final Map<String, List<KeyDescription>> sections = new LinkedHashMap<>();

    KeysText(List<KeyDescription> keys) {
        for (KeyDescription key : keys) {
            sections.computeIfAbsent(parent(key), absent -> new ArrayList<>()).add(key);
        }
    }

    /** Two lines a key, sections by an empty line apart. */
    String terminal() {
        return sections.entrySet().stream()
                .map(section -> (section.getKey().isEmpty() ? "the file" : section.getKey()) + "\n"
                        + section.getValue().stream().map(KeysText::lines).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static String lines(KeyDescription key) {
        String facts = Stream.of(
                        key.type() + (key.range().isEmpty() ? "" : " in " + key.range()),
                        key.required() ? "required" : "",
                        key.byDefault().isEmpty() ? "" : "default " + byDefault(key.byDefault()),
                        key.when().isEmpty() ? "" : where(key.when()))
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining("; "));
        return "  %-20s %s\n  %-20s %s\n".formatted(name(key), facts, "", key.meaning());
    }

    /** The sections of a page, a table each. */
    String markdown() {
        return sections.entrySet().stream()
                .map(section -> section(section.getKey(), section.getValue()))
                .collect(Collectors.joining());
    }

    private static String section(String path, List<KeyDescription> keys) {
        boolean choices = keys.stream().anyMatch(key -> !key.when().isEmpty());
        return "\n## " + (path.isEmpty() ? "The file" : code(path)) + "\n\n"
                + row(choices, "key", "where", "type", "range", "default", "meaning")
                + row(choices, "---", "---", "---", "---", "---", "---")
                + keys.stream()
                        .map(key -> row(
                                choices,
                                code(name(key)),
                                code(key.when()),
                                key.type(),
                                key.range(),
                                key.required() ? "**required**" : markedDefault(key.byDefault()),
                                key.meaning()))
                        .collect(Collectors.joining());
    }

    private static String row(
            boolean choices, String key, String where, String type, String range, String byDefault, String meaning) {
        return Stream.of(key, choices ? where : null, type, range, byDefault, meaning)
                .filter(cell -> cell != null)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String markedDefault(String byDefault) {
        return byDefault.startsWith("$") ? "as " + code(byDefault.substring(1)) : code(byDefault);
    }

    private static String byDefault(String byDefault) {
        return byDefault.startsWith("$") ? "as " + byDefault.substring(1) : byDefault;
    }

    /** {@code type: dense} becomes {@code where type: dense}; {@code with saved} stays. */
    private static String where(String when) {
        return when.startsWith("with ") ? when : "where " + when;
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String name(KeyDescription key) {
        return key.path().substring(key.path().lastIndexOf('.') + 1);
    }

    private static String parent(KeyDescription key) {
        int dot = key.path().lastIndexOf('.');
        return dot < 0 ? "" : key.path().substring(0, dot);
    }
}
