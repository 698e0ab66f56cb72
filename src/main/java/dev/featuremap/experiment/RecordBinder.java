package dev.featuremap.experiment;

import dev.featuremap.Failure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes records from {@link ConfigNode}s, component by component, refusing whatever does not fit exactly.
 *
 * <p>The records' own declarations are the schema: component names are keys, their types say what is allowed,
 * {@link Key} brings defaults and ranges, {@link Choice} tells forms of sealed interfaces apart. Only those types
 * are ever made; nothing in a file can name a class.
 */
final class RecordBinder {
    /** A default that begins with this is the value of an earlier component, such as {@code $size}. */
    private static final String REFERENCE = "$";

    /** More layers than any network has: a file that is larger is a mistake, better found before it costs time. */
    static final int LONGEST_LIST = 1000;

    /** Defaults once parsed, under their text. */
    private final Map<String, ConfigNode> defaults = new HashMap<>();

    /** The record that the node describes. */
    <T extends Record> T bind(Class<T> type, ConfigNode node) {
        return type.cast(value(type, node, ""));
    }

    private Object value(Type type, ConfigNode node, String range) {
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                return list(argument, node, range);
            }
            return node.isNull() ? Optional.empty() : Optional.of(value(argument, node, range));
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isSealed()) {
            return form(kind, node);
        } else if (kind == Extent.class) {
            return Scalars.extent(node);
        } else if (kind == Seeds.class) {
            return Scalars.seeds(node);
        } else if (kind == ClassWeights.class) {
            return Scalars.classWeights(node);
        } else if (kind == Margins.class) {
            return Scalars.margins(node);
        } else if (kind == ExperimentSpace.class) {
            return ExperimentSpace.of(mapping(kind, node));
        } else if (kind == Grid.class) {
            return Grid.of(mapping(kind, node));
        } else if (kind.isRecord()) {
            return record(kind.asSubclass(Record.class), mapping(kind, node), Optional.empty());
        } else if (kind.isEnum()) {
            return Scalars.constant(kind, node);
        }
        return Scalars.value(kind, node, Schema.kind(type, range));
    }

    private List<Object> list(Type itemType, ConfigNode node, String range) {
        if (!(node instanceof ConfigNode.Sequence sequence) || sequence.items().size() > LONGEST_LIST) {
            throw Refusal.value(node.place(), Shown.node(node), "a list of at most " + LONGEST_LIST);
        }
        List<Object> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(value(itemType, item, range)));
        return items;
    }

    private Object form(Class<?> sealed, ConfigNode node) {
        Map<String, Class<? extends Record>> forms = Schema.forms(sealed);
        Optional<Choice> choice = Schema.choice(sealed);
        if (choice.isEmpty()) {
            ConfigNode.Mapping mapping = mapping(sealed, node);
            return record(forms.get(formByKey(mapping, List.copyOf(forms.keySet()))), mapping, Optional.empty());
        }
        if (choice.get().bare() != Record.class && node instanceof ConfigNode.Scalar) {
            return bare(sealed, choice.get().bare(), node);
        }
        List<String> names = List.copyOf(forms.keySet());
        if (node instanceof ConfigNode.Scalar word && names.contains(word.text())) {
            String meant = "{" + choice.get().key() + ": " + word.text() + "}";
            throw Refusal.value(node.place(), word.text(), Schema.kind(sealed, "") + Shown.didYouMean(meant));
        }
        ConfigNode.Mapping mapping = mapping(sealed, node);
        ConfigNode name = mapping.entries().get(choice.get().key());
        if (name == null) {
            throw Refusal.missingKey(absent(mapping, choice.get().key()), "allowed: " + String.join(", ", names));
        }
        if (!(name instanceof ConfigNode.Scalar word) || !names.contains(word.text())) {
            throw Refusal.word(name.place(), name, names);
        }
        return record(forms.get(word.text()), mapping, choice);
    }

    private static String formByKey(ConfigNode.Mapping mapping, List<String> names) {
        List<String> present =
                names.stream().filter(mapping.entries()::containsKey).toList();
        if (present.size() == 1) {
            return present.get(0);
        }
        if (present.size() > 1) {
            throw Refusal.severalForms(mapping.place(), present);
        }
        String first = mapping.entries().keySet().stream().findFirst().orElse("");
        throw Refusal.value(
                mapping.place(), Shown.node(mapping), "a map with one of the keys " + Shown.choose(names, first));
    }

    /** A form written as the bare value of its one component: what that component refuses is the value's own fault. */
    private Object bare(Class<?> sealed, Class<? extends Record> form, ConfigNode node) {
        RecordComponent component = form.getRecordComponents()[0];
        Object value = Scalars.value(component.getType(), node, Schema.kind(sealed, ""));
        try {
            return construct(form, List.of(value));
        } catch (InvalidKey invalid) {
            throw Refusal.value(node.place(), Shown.node(node), invalid.allowed());
        }
    }

    private Object record(Class<? extends Record> type, ConfigNode.Mapping mapping, Optional<Choice> choice) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> keys = new ArrayList<>();
        choice.ifPresent(made -> keys.add(made.key()));
        Arrays.stream(components).map(RecordComponent::getName).forEach(keys::add);
        mapping.entries().forEach((key, node) -> {
            if (!keys.contains(key)) {
                throw Refusal.unknownKey(node.place(), key, keys, chosenElsewhere(mapping, node, choice));
            }
        });
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : components) {
            values.put(component.getName(), component(component, mapping, values));
        }
        try {
            return construct(type, List.copyOf(values.values()));
        } catch (InvalidKey invalid) {
            throw refused(mapping, invalid);
        }
    }

    /** When the form was chosen on the command line and the keys stand in the file, says so: the two do not agree. */
    private static String chosenElsewhere(ConfigNode.Mapping mapping, ConfigNode unknown, Optional<Choice> choice) {
        Optional<ConfigNode> name = choice.map(made -> mapping.entries().get(made.key()));
        if (name.isEmpty()
                || !name.get().place().source().equals(KeyOverride.COMMAND_LINE)
                || unknown.place().source().equals(KeyOverride.COMMAND_LINE)) {
            return "";
        }
        String key = choice.get().key();
        String word = Shown.node(name.get());
        return "; the command line chose " + key + " " + word
                + ", the file's keys are another's: replace them all with "
                + mapping.place().path() + "={" + key + ": " + word + ", ...}";
    }

    private Object component(RecordComponent component, ConfigNode.Mapping mapping, Map<String, Object> earlier) {
        Key key = component.getAnnotation(Key.class);
        ConfigNode node = mapping.entries().get(component.getName());
        if (node != null) {
            return value(component.getGenericType(), key.isPath() ? Scalars.absolute(node) : node, key.range());
        }
        if (component.getType() == Optional.class) {
            return Optional.empty();
        }
        if (key.byDefault().isEmpty()) {
            throw Refusal.missingKey(absent(mapping, component.getName()), key.value());
        }
        if (key.byDefault().startsWith(REFERENCE)) {
            return earlier.get(key.byDefault().substring(REFERENCE.length()));
        }
        ConfigNode byDefault = defaults.computeIfAbsent(
                key.byDefault(),
                text -> ConfigParser.value(text, Place.root("default")).orElseThrow());
        return value(component.getGenericType(), byDefault, key.range());
    }

    /** Where a key would stand that is not there: at its map. */
    private static Place absent(ConfigNode.Mapping mapping, String key) {
        return mapping.place().key(key, mapping.place().line());
    }

    private static Failure refused(ConfigNode.Mapping mapping, InvalidKey invalid) {
        ConfigNode node = mapping.entries().get(invalid.key());
        if (node == null) {
            return Refusal.value(absent(mapping, invalid.key()), Shown.text(invalid.found()), invalid.allowed());
        }
        String found = node instanceof ConfigNode.Scalar ? Shown.node(node) : Shown.text(invalid.found());
        return Refusal.value(node.place(), found, invalid.allowed());
    }

    private static Object construct(Class<? extends Record> type, List<Object> values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof InvalidKey invalid) {
                throw invalid;
            }
            throw new IllegalStateException(type + " refused its components without an InvalidKey", thrown.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a record without its constructor: " + type, impossible);
        }
    }

    private static ConfigNode.Mapping mapping(Class<?> kind, ConfigNode node) {
        if (node instanceof ConfigNode.Mapping mapping) {
            return mapping;
        }
        throw Refusal.value(node.place(), Shown.node(node), Schema.kind(kind, ""));
    }
}
