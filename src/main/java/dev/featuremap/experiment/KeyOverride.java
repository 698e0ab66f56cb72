package dev.featuremap.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code key=value}, as on the command line: a dotted path with indices, {@code network.layers.0.filters} or
 * {@code network.layers[0].filters}, and a value as {@link ConfigParser#value} reads it.
 */
final class KeyOverride {
    /** The source of overrides that stand in no file. */
    static final String COMMAND_LINE = "command line";

    private static final String KEY = "[^.\\[\\]\\s/\\\\]+(\\[\\d{1,9}])*+";
    private static final Pattern PATH = Pattern.compile(KEY + "(\\." + KEY + ")*+");
    private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|[^.\\[\\]]+");
    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

    /** One step into the tree. */
    private sealed interface Step {
        record Into(String key) implements Step {}

        record At(int index) implements Step {}
    }

    private final String source;
    private final List<Step> steps;
    private final ConfigNode value;

    private KeyOverride(String source, List<Step> steps, ConfigNode value) {
        this.source = source;
        this.steps = steps;
        this.value = value;
    }

    /** Whether a text reads as {@code key=value}. */
    static boolean isKeyAndValue(String text) {
        int equals = text.indexOf('=');
        return equals >= 0 && PATH.matcher(text.substring(0, equals)).matches();
    }

    /** @param source where the text stands, for messages */
    static KeyOverride parse(String text, String source) {
        if (!isKeyAndValue(text)) {
            throw Refusal.override(source, "found " + Shown.text(text) + "; expected key=value");
        }
        int equals = text.indexOf('=');
        List<Step> steps = steps(text.substring(0, equals));
        Place place = Place.root(source);
        for (Step step : steps) {
            place = place(place, step);
        }
        Place itsPlace = place;
        ConfigNode value = ConfigParser.value(text.substring(equals + 1), place)
                .orElseGet(() -> new ConfigNode.Scalar(itsPlace, "", ConfigNode.Kind.NULL));
        return new KeyOverride(source, steps, value);
    }

    /** The same tree with the value put in; maps that are missing on the way to it are made. */
    ConfigNode applyTo(ConfigNode root) {
        return put(root, Place.root(source), 0);
    }

    private ConfigNode put(ConfigNode node, Place place, int depth) {
        if (depth == steps.size()) {
            return value;
        }
        Step step = steps.get(depth);
        Place below = place(place, step);
        if (step instanceof Step.At at && node instanceof ConfigNode.Sequence list) {
            if (at.index() >= list.items().size()) {
                int size = list.items().size();
                throw Refusal.override(
                        source, below.path() + ": the list has " + size + " items, the first of them [0]");
            }
            List<ConfigNode> items = new ArrayList<>(list.items());
            items.set(at.index(), put(items.get(at.index()), below, depth + 1));
            return new ConfigNode.Sequence(list.place(), items);
        }
        if (step instanceof Step.Into into && node instanceof ConfigNode.Mapping map) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>(map.entries());
            entries.put(into.key(), put(entries.getOrDefault(into.key(), nothing(below)), below, depth + 1));
            return new ConfigNode.Mapping(map.place(), entries);
        }
        if (step instanceof Step.Into into && node.isNull()) {
            return new ConfigNode.Mapping(place, Map.of(into.key(), put(nothing(below), below, depth + 1)));
        }
        String holder = place.path().isEmpty() ? "the file" : place.path();
        String needed = step instanceof Step.At ? "a list" : "a map of keys";
        throw Refusal.override(source, below.path() + ": " + holder + " is " + Shown.node(node) + ", not " + needed);
    }

    private static List<Step> steps(String path) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            // No key of a record is a number, so one between dots is an index too: shells expand brackets.
            String step = matcher.group(1) == null ? matcher.group() : matcher.group(1);
            steps.add(INDEX.matcher(step).matches() ? new Step.At(Integer.parseInt(step)) : new Step.Into(step));
        }
        return List.copyOf(steps);
    }

    private static Place place(Place parent, Step step) {
        return step instanceof Step.At at ? parent.index(at.index(), 0) : parent.key(((Step.Into) step).key(), 0);
    }

    private static ConfigNode nothing(Place place) {
        return new ConfigNode.Scalar(place, "", ConfigNode.Kind.NULL);
    }
}
