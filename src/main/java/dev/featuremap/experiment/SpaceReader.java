package dev.featuremap.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the spaces in an experiment, and refuses those that are wrong or stand where a constant must. */
final class SpaceReader {
    static final String UNIFORM = "uniform";
    static final String LOG = "log";
    static final String INT = "int";
    static final String CHOICE = "choice";
    static final String OPTIONAL = "optional";
    static final String REPEAT = "repeat";
    static final String LAYERS = "layers";

    /** The options of an optional layer's presence. */
    static final List<String> PRESENCE = List.of("absent", "present");

    private static final List<String> FORMS = List.of(UNIFORM, LOG, INT, CHOICE);
    private static final int MOST_REPEATS = 100;

    /** What candidates are told apart by, and what they are all measured on. */
    private static final List<String> CONSTANTS = List.of("name", "seed", "data");

    /** What holds a list alone without being a space; the experiment's own key is empty. */
    private static final List<String> MAPS_OF_A_LIST = List.of("", "network", "training.abandon");

    /** What the search itself sets. */
    private static final List<String> OWN =
            List.of("training.validationShare", "training.validationFold", "training.abandon", "training.measureTest");

    private final String root;
    private final Map<String, Space> found = new LinkedHashMap<>();

    private SpaceReader(String root) {
        this.root = root;
    }

    /** The spaces of an experiment under their keys, in the order they stand in. */
    static Map<String, Space> read(ConfigNode experiment) {
        SpaceReader reader = new SpaceReader(experiment.place().path());
        reader.find(experiment);
        return Collections.unmodifiableMap(reader.found);
    }

    /** Whether a value is a space of one of the four forms. */
    static boolean isSpace(ConfigNode node) {
        return node instanceof ConfigNode.Mapping map && FORMS.stream().anyMatch(map.entries()::containsKey);
    }

    /** Whether an item of a list of layers is of a form that only a search has: {@link #OPTIONAL} or {@link #REPEAT}. */
    static boolean is(String form, ConfigNode node) {
        return node instanceof ConfigNode.Mapping map && map.entries().containsKey(form);
    }

    /** The path of a node below the experiment, such as {@code training.epochs}. */
    static String key(ConfigNode node, String root) {
        String path = node.place().path();
        return path.length() == root.length() ? "" : path.substring(root.isEmpty() ? 0 : root.length() + 1);
    }

    private void find(ConfigNode node) {
        String key = key(node, root);
        if (OWN.contains(key) && !node.isNull()) {
            throw Refusal.value(node.place(), Shown.node(node), "nothing: the search sets it");
        }
        if (isSpace(node)) {
            found.put(key, space((ConfigNode.Mapping) node, key));
        } else if (node instanceof ConfigNode.Mapping map) {
            refuseMisspeltSpace(map, key);
            map.entries().values().forEach(this::find);
        } else if (node instanceof ConfigNode.Sequence list) {
            list.items().forEach(key.equals("network.layers") ? this::findInLayer : this::find);
        }
    }

    /** A map of one list is a space, but for those an experiment itself has: else its key would be told as another's. */
    private static void refuseMisspeltSpace(ConfigNode.Mapping map, String key) {
        if (map.entries().size() != 1 || MAPS_OF_A_LIST.contains(key) || isConstantKey(key)) {
            return;
        }
        map.entries().forEach((form, values) -> {
            if (values instanceof ConfigNode.Sequence) {
                throw Refusal.unknownKey(values.place(), form, FORMS, "");
            }
        });
    }

    private static boolean isConstantKey(String key) {
        return CONSTANTS.stream().anyMatch(constant -> key.equals(constant) || key.startsWith(constant + "."));
    }

    /** An item of a list of layers: a layer, an optional one, or a repeated block of them. */
    private void findInLayer(ConfigNode node) {
        if (is(OPTIONAL, node)) {
            ConfigNode layer =
                    only((ConfigNode.Mapping) node, List.of(OPTIONAL)).get(0);
            found.put(key(layer, root), new Space.Choice(PRESENCE));
            findInLayer(layer);
        } else if (is(REPEAT, node)) {
            List<ConfigNode> parts = only((ConfigNode.Mapping) node, List.of(REPEAT, LAYERS));
            Space.Whole times = whole(parts.get(0));
            if (times.low() < 0 || times.high() > MOST_REPEATS) {
                throw Refusal.value(
                        parts.get(0).place(), text(parts.get(0)), "two whole numbers in [0, " + MOST_REPEATS + "]");
            }
            found.put(key(parts.get(0), root), times);
            if (!(parts.get(1) instanceof ConfigNode.Sequence layers)
                    || layers.items().isEmpty()) {
                throw Refusal.value(parts.get(1).place(), Shown.node(parts.get(1)), "a list of one layer or more");
            }
            layers.items().forEach(this::findInLayer);
        } else {
            find(node);
        }
    }

    private Space space(ConfigNode.Mapping map, String key) {
        if (isConstantKey(key)) {
            throw Refusal.value(
                    map.place(),
                    "a space",
                    "a constant: all candidates are measured on the same examples, under one name and seed");
        }
        String form =
                FORMS.stream().filter(map.entries()::containsKey).findFirst().orElseThrow();
        ConfigNode values = only(map, List.of(form)).get(0);
        return switch (form) {
            case CHOICE -> choice(values);
            case INT -> whole(values);
            case LOG -> {
                double[] ends = ends(values, double.class, "two numbers above 0, the lower first");
                if (ends[0] <= 0) {
                    throw Refusal.value(values.place(), text(values), "two numbers above 0, the lower first");
                }
                yield new Space.Log(ends[0], ends[1]);
            }
            default -> {
                double[] ends = ends(values, double.class, "two numbers, the lower first");
                yield new Space.Uniform(ends[0], ends[1]);
            }
        };
    }

    private static Space.Whole whole(ConfigNode values) {
        double[] ends = ends(values, int.class, "two whole numbers, the lower first");
        return new Space.Whole(ends[0], ends[1]);
    }

    private static Space.Choice choice(ConfigNode values) {
        String allowed = "a list of two different values or more, none of them a space";
        if (!(values instanceof ConfigNode.Sequence list) || list.items().size() < 2) {
            throw Refusal.value(values.place(), Shown.node(values), allowed);
        }
        List<String> options = new ArrayList<>();
        for (ConfigNode item : list.items()) {
            if (!isConstant(item)) {
                throw Refusal.value(item.place(), "a space", "a constant: a space holds no other");
            }
            options.add(text(item));
        }
        if (new HashSet<>(options).size() < options.size()) {
            throw Refusal.value(values.place(), text(values), allowed);
        }
        return new Space.Choice(options);
    }

    private static boolean isConstant(ConfigNode node) {
        if (node instanceof ConfigNode.Mapping map) {
            return !isSpace(map) && map.entries().values().stream().allMatch(SpaceReader::isConstant);
        }
        return !(node instanceof ConfigNode.Sequence list)
                || list.items().stream().allMatch(SpaceReader::isConstant);
    }

    private static double[] ends(ConfigNode values, Class<?> kind, String allowed) {
        if (!(values instanceof ConfigNode.Sequence pair) || pair.items().size() != 2) {
            throw Refusal.value(values.place(), Shown.node(values), allowed);
        }
        double low = ((Number) Scalars.value(kind, pair.items().get(0), allowed)).doubleValue();
        double high = ((Number) Scalars.value(kind, pair.items().get(1), allowed)).doubleValue();
        if (low >= high) {
            throw Refusal.value(values.place(), text(values), allowed);
        }
        return new double[] {low, high};
    }

    /** The values of a map that must have exactly these keys. */
    private static List<ConfigNode> only(ConfigNode.Mapping map, List<String> keys) {
        map.entries().forEach((key, value) -> {
            if (!keys.contains(key)) {
                throw Refusal.unknownKey(value.place(), key, keys, "");
            }
        });
        return keys.stream()
                .map(key -> {
                    ConfigNode value = map.entries().get(key);
                    if (value == null) {
                        throw Refusal.missingKey(
                                map.place().key(key, map.place().line()), "the block that is repeated");
                    }
                    return value;
                })
                .toList();
    }

    /** A value on one line, as it was written. */
    private static String text(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar scalar) {
            return Shown.text(scalar.text());
        }
        if (node instanceof ConfigNode.Sequence list) {
            return list.items().stream().map(SpaceReader::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return ((ConfigNode.Mapping) node)
                .entries().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }
}
