package dev.featuremap.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An experiment in whose values' places {@link Space}s may stand, with optional layers and repeated blocks of layers:
 * each choice of the spaces' values is a candidate, an ordinary experiment.
 */
public final class ExperimentSpace {
    private static final Set<String> PATHS = AllKeys.of(Experiment.class).stream()
            .filter(key -> key.type().equals(AllKeys.PATH))
            .map(KeyDescription::path)
            .collect(Collectors.toUnmodifiableSet());

    private final ConfigNode node;
    private final String root;
    private final Map<String, Space> spaces;

    private ExperimentSpace(ConfigNode node) {
        this.root = node.place().path();
        this.node = resolved(node, false);
        this.spaces = SpaceReader.read(this.node);
    }

    /** The same with absolute paths, those to choose from among them. */
    private ConfigNode resolved(ConfigNode below, boolean isPath) {
        if (below instanceof ConfigNode.Mapping map) {
            Map<String, ConfigNode> entries = new LinkedHashMap<>();
            map.entries()
                    .forEach((key, value) ->
                            entries.put(key, resolved(value, isPath || PATHS.contains(SpaceReader.key(value, root)))));
            return new ConfigNode.Mapping(map.place(), entries);
        } else if (below instanceof ConfigNode.Sequence list) {
            List<ConfigNode> items =
                    list.items().stream().map(item -> resolved(item, isPath)).toList();
            return new ConfigNode.Sequence(list.place(), items);
        }
        return isPath ? Scalars.absolute(below) : below;
    }

    /**
     * An experiment as it was written.
     *
     * @throws dev.featuremap.Failure (usage) when a space is wrong, stands where a constant must, or has values its key
     *     does not allow
     */
    static ExperimentSpace of(ConfigNode node) {
        ExperimentSpace space = new ExperimentSpace(node);
        if (space.spaces.isEmpty()) {
            throw Refusal.value(
                    node.place(),
                    "no space",
                    "an experiment with a space, such as {log: [1e-4, 1e-2]}, in the place of at least one value");
        }
        space.checkEachSpace();
        return space;
    }

    /** The spaces under their keys, such as {@code network.layers[0].filters}, in the order of the file. */
    public Map<String, Space> spaces() {
        return spaces;
    }

    /** One of the candidates: all numbers at their lowest, the first of each choice, all optional layers there. */
    public Experiment example() {
        return at(lowest());
    }

    /**
     * The candidate with these values.
     *
     * @param values one for each space, in their order
     * @throws dev.featuremap.Failure (usage) when they do not go together
     */
    public Experiment at(double[] values) {
        return new RecordBinder().bind(Experiment.class, new Filling(values).filled(node));
    }

    /** The values as people read them, without those of layers that are not there: equal for equal candidates. */
    public Map<String, Object> shown(double[] values) {
        Filling filling = new Filling(values);
        filling.filled(node);
        Map<String, Object> shown = new LinkedHashMap<>();
        spaces.forEach((key, space) -> {
            if (filling.used.containsKey(key)) {
                shown.put(key, space.shown(filling.used.get(key)));
            }
        });
        return Collections.unmodifiableMap(shown);
    }

    /** As it was written, for printing. */
    ConfigNode node() {
        return node;
    }

    /** The ends of each space, and each option of a choice, with the others left as they are in the example. */
    private void checkEachSpace() {
        double[] values = lowest();
        example();
        int i = 0;
        for (Space space : spaces.values()) {
            double before = values[i];
            if (space instanceof Space.Choice) {
                for (int option = 0; option <= space.high(); option++) {
                    values[i] = option;
                    at(values);
                }
            } else {
                values[i] = space.low();
                at(values);
                values[i] = space.high();
                at(values);
            }
            values[i] = before;
            i++;
        }
    }

    /** Repeated blocks at their most, so that what is in them is there. */
    private double[] lowest() {
        return spaces.entrySet().stream()
                .mapToDouble(entry -> {
                    Space space = entry.getValue();
                    boolean presence = space instanceof Space.Choice choice
                            && choice.options().equals(SpaceReader.PRESENCE);
                    boolean most = presence || entry.getKey().endsWith("." + SpaceReader.REPEAT);
                    return most ? space.high() : space.low();
                })
                .toArray();
    }

    /** The experiment's tree with values in the places of the spaces. */
    private final class Filling {
        private final Map<String, Double> values = new LinkedHashMap<>();
        private final Map<String, Double> used = new LinkedHashMap<>();

        Filling(double[] values) {
            if (values.length != spaces.size()) {
                throw new IllegalArgumentException(values.length + " values for " + spaces.size() + " spaces");
            }
            int i = 0;
            for (String key : spaces.keySet()) {
                this.values.put(key, values[i++]);
            }
        }

        ConfigNode filled(ConfigNode node) {
            if (SpaceReader.isSpace(node)) {
                return value((ConfigNode.Mapping) node);
            } else if (node instanceof ConfigNode.Mapping map) {
                Map<String, ConfigNode> entries = new LinkedHashMap<>();
                map.entries().forEach((key, value) -> entries.put(key, filled(value)));
                return new ConfigNode.Mapping(map.place(), entries);
            } else if (node instanceof ConfigNode.Sequence list) {
                List<ConfigNode> items = new ArrayList<>();
                list.items().forEach(item -> items.addAll(filledItem(item)));
                return new ConfigNode.Sequence(list.place(), items);
            }
            return node;
        }

        /** What an item of a list becomes: nothing for a layer that is left out, several for a repeated block. */
        private List<ConfigNode> filledItem(ConfigNode item) {
            if (SpaceReader.is(SpaceReader.OPTIONAL, item)) {
                ConfigNode layer = ((ConfigNode.Mapping) item).entries().get(SpaceReader.OPTIONAL);
                return use(key(layer)) == 0 ? List.of() : filledItem(layer);
            } else if (SpaceReader.is(SpaceReader.REPEAT, item)) {
                Map<String, ConfigNode> parts = ((ConfigNode.Mapping) item).entries();
                int times = (int) use(key(parts.get(SpaceReader.REPEAT)));
                if (times == 0) {
                    return List.of();
                }
                ConfigNode.Sequence block = (ConfigNode.Sequence) filled(parts.get(SpaceReader.LAYERS));
                return Collections.nCopies(times, block.items()).stream()
                        .flatMap(List::stream)
                        .toList();
            }
            return List.of(filled(item));
        }

        private ConfigNode value(ConfigNode.Mapping map) {
            String key = key(map);
            double value = use(key);
            Space space = spaces.get(key);
            if (space instanceof Space.Choice) {
                return ((ConfigNode.Sequence) map.entries().get(SpaceReader.CHOICE))
                        .items()
                        .get((int) value);
            }
            return space instanceof Space.Whole
                    ? new ConfigNode.Scalar(map.place(), String.valueOf((int) value), ConfigNode.Kind.INTEGER)
                    : new ConfigNode.Scalar(map.place(), String.valueOf(value), ConfigNode.Kind.FLOAT);
        }

        private double use(String key) {
            double value = values.get(key);
            used.put(key, value);
            return value;
        }

        private String key(ConfigNode at) {
            return SpaceReader.key(at, root);
        }
    }
}
