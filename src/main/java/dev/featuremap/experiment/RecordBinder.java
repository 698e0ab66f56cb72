package dev.featuremap.experiment;

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
            return extent(node);
        } else if (kind.isRecord()) {
            return record(kind.asSubclass(Record.class), mapping(kind, node), Optional.empty());
        } else if (kind.isEnum()) {
            return constant(kind, node);
        }
        return scalar(kind, node, Schema.kind(type, range));
    }

    private List<Object> list(Type itemType, ConfigNode node, String range) {
        if (!(node instanceof ConfigNode.Sequence sequence)) {
            throw Refusal.value(node.place(), Shown.node(node), "a list");
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
        ConfigNode.Mapping mapping = mapping(sealed, node);
        ConfigNode name = mapping.entries().get(choice.get().key());
        List<String> names = List.copyOf(forms.keySet());
        if (name == null) {
            Place place =
                    mapping.place().key(choice.get().key(), mapping.place().line());
            throw Refusal.missingKey(place, Shown.allowed(names, ""));
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
        String found = present.isEmpty() ? Shown.node(mapping) : "both " + String.join(" and ", present);
        throw Refusal.value(mapping.place(), found, "one of the keys " + String.join(", ", names));
    }

    /** A form written as the bare value of its one component: what that component refuses is the value's own fault. */
    private Object bare(Class<?> sealed, Class<? extends Record> form, ConfigNode node) {
        RecordComponent component = form.getRecordComponents()[0];
        String range = component.getAnnotation(Key.class).range();
        Object value = scalar(component.getType(), node, Schema.kind(sealed, range));
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
        if (name.isEmpty() || name.get().place().source().equals(unknown.place().source())) {
            return "";
        }
        String path = mapping.place().path();
        return "; these are the keys of " + choice.get().key() + " " + Shown.node(name.get()) + ", chosen on the "
                + name.get().place().source() + ", and the file's keys are another's: replace them all with " + path
                + "={" + choice.get().key() + ": " + Shown.node(name.get()) + ", ...}";
    }

    private Object component(RecordComponent component, ConfigNode.Mapping mapping, Map<String, Object> earlier) {
        Key key = component.getAnnotation(Key.class);
        ConfigNode node = mapping.entries().get(component.getName());
        if (node != null) {
            return value(component.getGenericType(), node, key.range());
        }
        if (component.getType() == Optional.class) {
            return Optional.empty();
        }
        if (key.byDefault().isEmpty()) {
            Place place =
                    mapping.place().key(component.getName(), mapping.place().line());
            throw Refusal.missingKey(place, key.value());
        }
        if (key.byDefault().startsWith(REFERENCE)) {
            return earlier.get(key.byDefault().substring(REFERENCE.length()));
        }
        ConfigNode byDefault = defaults.computeIfAbsent(
                key.byDefault(),
                text -> ConfigParser.value(text, Place.root("default")).orElseThrow());
        return value(component.getGenericType(), byDefault, key.range());
    }

    private static RuntimeException refused(ConfigNode.Mapping mapping, InvalidKey invalid) {
        ConfigNode node = mapping.entries().get(invalid.key());
        if (node == null) {
            Place place = mapping.place().key(invalid.key(), mapping.place().line());
            return Refusal.value(place, Shown.text(invalid.found()), invalid.allowed());
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

    private static Extent extent(ConfigNode node) {
        String allowed = Schema.kind(Extent.class, "");
        try {
            if (node instanceof ConfigNode.Sequence pair && pair.items().size() == 2) {
                return new Extent(side(pair.items().get(0)), side(pair.items().get(1)));
            }
            return Extent.square((int) scalar(int.class, node, allowed));
        } catch (IllegalArgumentException outOfRange) {
            throw Refusal.value(node.place(), Shown.node(node), allowed + ", each in [0, 100000]");
        }
    }

    private static int side(ConfigNode node) {
        return (int) scalar(int.class, node, "a whole number in [0, 100000]");
    }

    private static Object constant(Class<?> enumType, ConfigNode node) {
        for (Object constant : enumType.getEnumConstants()) {
            if (node instanceof ConfigNode.Scalar scalar
                    && Schema.word((Enum<?>) constant).equals(scalar.text())) {
                return constant;
            }
        }
        throw Refusal.word(node.place(), node, Schema.words(enumType));
    }

    /** A number, truth value or text, in its own YAML notation: no quoted numbers, no 3.0 for a whole number. */
    private static Object scalar(Class<?> kind, ConfigNode node, String allowed) {
        if (node instanceof ConfigNode.Scalar scalar) {
            ConfigNode.Kind found = scalar.kind();
            boolean whole = found == ConfigNode.Kind.INTEGER;
            try {
                if (whole && (kind == int.class || kind == Integer.class)) {
                    return Integer.parseInt(scalar.text());
                } else if (whole && kind == long.class) {
                    return Long.parseLong(scalar.text());
                } else if (kind == double.class && (whole || found == ConfigNode.Kind.FLOAT)) {
                    return finite(Double.parseDouble(scalar.text()));
                } else if (kind == boolean.class && found == ConfigNode.Kind.BOOLEAN) {
                    return scalar.text().equals("true");
                } else if (kind == String.class && found == ConfigNode.Kind.TEXT) {
                    return scalar.text();
                }
            } catch (NumberFormatException unrepresentable) {
                throw Refusal.value(node.place(), Shown.node(node), allowed);
            }
        }
        throw Refusal.value(node.place(), Shown.node(node), allowed);
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new NumberFormatException("not finite");
        }
        return number;
    }
}
