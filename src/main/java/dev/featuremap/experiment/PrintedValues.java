package dev.featuremap.experiment;

import dev.featuremap.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The values of experiments as {@link ExperimentFile#print} wrote them, by their dotted keys, without what reading an experiment takes:
 * nothing is checked. Thousands of them share most of their lines, each of which is taken apart once, and their form: of each the first
 * is read as a whole, to see whether it lacks keys that a later version of this program added.
 */
public final class PrintedValues {
    private static final int INDENT = 2;

    private final Map<String, List<Value>> known = new ConcurrentHashMap<>();
    /** Of each form that lacks no key, one. */
    private final List<Map<String, String>> whole = new CopyOnWriteArrayList<>();

    /** @param key dotted, such as {@code network.layers[0].filters} */
    private record Value(String key, String text) {}

    /**
     * The values of a text, null ones left out, and the defaults of keys it lacks. One that is written in another way is read as any
     * experiment is.
     *
     * @throws Failure (usage) when it is none
     */
    public Map<String, String> of(String text, String sourceName) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean isPrinted;
        try {
            isPrinted = take(text, values) && values.containsKey("name") && values.containsKey("seed");
        } catch (Failure e) {
            isPrinted = false; // As a whole it may be YAML all the same; if not, that is told with its line.
        }
        if (isPrinted && whole.stream().anyMatch(other -> isAlike(values, other))) {
            return values;
        }
        try {
            Map<String, String> read = ExperimentFile.values(ExperimentFile.parse(text, sourceName, List.of()));
            if (isPrinted && read.keySet().equals(values.keySet())) {
                whole.add(values);
            }
            return read;
        } catch (Failure e) {
            if (isPrinted) {
                return values; // Of a version that knew more, or other bounds.
            }
            throw e;
        }
    }

    /** Whether they have the same keys and, but for numbers and the name, the same values: these decide which keys there are. */
    private static boolean isAlike(Map<String, String> values, Map<String, String> other) {
        return values.size() == other.size()
                && values.entrySet().stream().allMatch(value -> {
                    String there = other.get(value.getKey());
                    return there != null
                            && (there.equals(value.getValue())
                                    || value.getKey().equals("name")
                                    || (isNumber(there) && isNumber(value.getValue())));
                });
    }

    private static boolean isNumber(String value) {
        return !value.isEmpty() && Character.isDigit(value.charAt(0));
    }

    /** The values of what is YAML for certain. */
    static Map<String, String> all(String yaml) {
        List<Value> parts = new ArrayList<>();
        ConfigParser.file(yaml, "").ifPresent(node -> flatten("", node, parts));
        Map<String, String> values = new LinkedHashMap<>();
        parts.forEach(value -> values.put(value.key, value.text));
        return values;
    }

    /** Whether every line is one of those that are printed: {@code key: value}, {@code key:} or {@code - value}, by twos inwards. */
    private boolean take(String text, Map<String, String> values) {
        List<String> path = new ArrayList<>(); // The keys of the maps that a line stands in, each with those above it.
        int items = 0;
        for (int from = 0, end; from < text.length(); from = end + 1) {
            end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            int start = from;
            while (start < end && text.charAt(start) == ' ') {
                start++;
            }
            int depth = (start - from) / INDENT;
            boolean isItem = text.startsWith("- ", start);
            // A list's items stand a level further in than its key.
            if ((start - from) % INDENT != 0 || start == end || depth > path.size()) {
                return false;
            }
            while (path.size() > depth) {
                path.remove(path.size() - 1);
            }
            String above = depth == 0 ? "" : path.get(depth - 1);
            if (isItem) {
                if (!add(above + "[" + items++ + "]", text.substring(start + 2, end), values)) {
                    return false;
                }
                continue;
            }
            int colon = text.indexOf(':', start);
            if (colon < 0 || colon >= end || !isKey(text, start, colon)) {
                return false;
            }
            String key = (above.isEmpty() ? "" : above + ".") + text.substring(start, colon);
            if (colon + 1 == end) {
                path.add(key);
                items = 0;
            } else if (!add(key, text.substring(colon + 1, end), values)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKey(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isLetterOrDigit(text.charAt(i))) {
                return false;
            }
        }
        return to > from;
    }

    /** Whether what is written is all there is of the value. */
    private boolean add(String key, String written, Map<String, String> values) {
        String value = written.strip();
        if (value.isEmpty() || "|>&*!#".indexOf(value.charAt(0)) >= 0 || value.contains(" #")) {
            return false;
        }
        for (Value one : known.computeIfAbsent(key + " " + value, same -> parts(key, value))) {
            if (values.put(one.key, one.text) != null) {
                return false;
            }
        }
        return true;
    }

    private static List<Value> parts(String key, String value) {
        List<Value> parts = new ArrayList<>();
        ConfigParser.value(value, Place.root(key)).ifPresent(node -> flatten(key, node, parts));
        return parts;
    }

    private static void flatten(String key, ConfigNode node, List<Value> to) {
        if (node instanceof ConfigNode.Mapping map) {
            map.entries().forEach((name, value) -> flatten(key.isEmpty() ? name : key + "." + name, value, to));
        } else if (node instanceof ConfigNode.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                flatten(key + "[" + i + "]", list.items().get(i), to);
            }
        } else if (!node.isNull()) {
            to.add(new Value(key, ((ConfigNode.Scalar) node).text()));
        }
    }
}
