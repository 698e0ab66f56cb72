package dev.featuremap.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some keys of an experiment with the values that each takes: every combination is one point.
 *
 * @param values under each key its values, each as it would stand behind {@code key=}
 */
public record Grid(Map<String, List<String>> values) {
    static final String ALLOWED = "a map from keys of the experiment to lists of two or more different values";

    private static final int MOST = 100;

    public Grid {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((key, list) -> copy.put(key, List.copyOf(list)));
        values = Collections.unmodifiableMap(copy);
        if (values.isEmpty()
                || values.values().stream()
                        .anyMatch(list -> list.size() < 2 || new HashSet<>(list).size() < list.size())
                || values.values().stream().mapToLong(List::size).reduce(1, Math::multiplyExact) > MOST) {
            throw new IllegalArgumentException("expected " + ALLOWED + ", at most " + MOST + " combinations");
        }
    }

    static Grid of(ConfigNode.Mapping map) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        map.entries().forEach((key, node) -> {
            if (!(node instanceof ConfigNode.Sequence list)) {
                throw Refusal.value(node.place(), Shown.node(node), "a list of two or more different values");
            }
            values.put(key, list.items().stream().map(RecordPrinter::line).toList());
        });
        try {
            return new Grid(values);
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw Refusal.value(map.place(), Shown.node(map), ALLOWED + ", at most " + MOST + " combinations");
        }
    }

    /** Each combination as the value of each key, the last key's values changing first. */
    public List<Map<String, String>> points() {
        List<Map<String, String>> points = List.of(Map.of());
        for (Map.Entry<String, List<String>> factor : values.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> point : points) {
                for (String value : factor.getValue()) {
                    Map<String, String> next = new LinkedHashMap<>(point);
                    next.put(factor.getKey(), value);
                    longer.add(Collections.unmodifiableMap(next));
                }
            }
            points = longer;
        }
        return points;
    }
}
