package dev.featuremap.experiment;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of file as JSON Schema, draft 7, for editors: read off the same declarations that files are checked against.
 *
 * <p>It allows whatever the reader allows. What one key says of another, such as which loss goes with which output, only the reader
 * knows.
 */
final class JsonSchema {
    private JsonSchema() {}

    /** The schema of files that are {@code type}, as the tree that JSON is made of. */
    static Map<String, Object> of(Class<? extends Record> type, String noun) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", noun);
        schema.putAll(record(type, Optional.empty(), ""));
        return schema;
    }

    /** @param choice the key that chose this form, and its name */
    private static Map<String, Object> record(Class<?> type, Optional<Choice> choice, String name) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        choice.ifPresent(made -> {
            properties.put(made.key(), Map.of("const", name));
            required.add(made.key());
        });
        for (RecordComponent component : type.getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("description", key.value());
            value.putAll(value(component.getGenericType(), key.range()));
            byDefault(key.byDefault()).ifPresent(text -> value.put("default", text));
            properties.put(component.getName(), value);
            if (key.byDefault().isEmpty() && component.getType() != Optional.class) {
                required.add(component.getName());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> value(Type type, String range) {
        if (type instanceof ParameterizedType generic) {
            Map<String, Object> argument = value(generic.getActualTypeArguments()[0], range);
            return generic.getRawType() == List.class
                    ? ordered("type", "array", "items", argument, "maxItems", RecordBinder.LONGEST_LIST)
                    : Map.of("anyOf", List.of(argument, Map.of("type", "null")));
        }
        Class<?> kind = (Class<?>) type;
        if (kind == int.class || kind == Integer.class || kind == long.class || kind == Long.class) {
            return number("integer", range);
        } else if (kind == double.class || kind == Double.class) {
            return number("number", range);
        } else if (kind == boolean.class) {
            return Map.of("type", "boolean");
        } else if (kind == String.class) {
            return Map.of("type", "string");
        } else if (kind.isEnum()) {
            return Map.of("enum", Schema.words(kind));
        } else if (kind == Extent.class) {
            Map<String, Object> side = number("integer", "[0, 100000]");
            return Map.of(
                    "anyOf", List.of(side, ordered("type", "array", "items", side, "minItems", 2, "maxItems", 2)));
        } else if (kind == Seeds.class) {
            Map<String, Object> seed = number("integer", "[0, " + Experiment.LARGEST_SEED + "]");
            Map<String, Object> list = ordered("type", "array", "items", seed, "minItems", 1, "uniqueItems", true);
            return Map.of("anyOf", List.of(number("integer", "[1, 1000]"), list));
        } else if (kind == ClassWeights.class) {
            Map<String, Object> weight = number("number", ClassWeights.RANGE);
            return Map.of(
                    "anyOf",
                    List.of(Map.of("const", "balanced"), ordered("type", "array", "items", weight, "minItems", 1)));
        } else if (kind == Margins.class) {
            Map<String, Object> margin = number("number", "(0, inf)");
            Map<String, Object> metrics = Map.of("enum", Schema.words(TrainingSpec.Metric.class));
            Map<String, Object> map =
                    ordered("type", "object", "propertyNames", metrics, "additionalProperties", margin);
            return Map.of("anyOf", List.of(margin, map));
        } else if (kind == Grid.class) {
            return ordered("type", "object", "additionalProperties", ordered("type", "array", "minItems", 2));
        } else if (kind == ExperimentSpace.class) {
            return Map.of("type", "object");
        } else if (kind.isSealed()) {
            return forms(kind);
        }
        return record(kind, Optional.empty(), "");
    }

    private static Map<String, Object> forms(Class<?> sealed) {
        Optional<Choice> choice = Schema.choice(sealed);
        List<Map<String, Object>> forms = new ArrayList<>();
        choice.map(Choice::bare).filter(bare -> bare != Record.class).ifPresent(bare -> {
            RecordComponent only = bare.getRecordComponents()[0];
            forms.add(value(only.getGenericType(), only.getAnnotation(Key.class).range()));
        });
        Schema.forms(sealed).forEach((name, form) -> forms.add(record(form, choice, name)));
        return Map.of("anyOf", forms);
    }

    private static Map<String, Object> number(String type, String range) {
        Map<String, Object> schema = ordered("type", type);
        if (!range.isEmpty()) {
            Range bounds = Range.of(range);
            if (Double.isFinite(bounds.low())) {
                schema.put(bounds.withLow() ? "minimum" : "exclusiveMinimum", written(type, bounds.low()));
            }
            if (Double.isFinite(bounds.high())) {
                schema.put(bounds.withHigh() ? "maximum" : "exclusiveMaximum", written(type, bounds.high()));
            }
        }
        return schema;
    }

    private static Object written(String type, double bound) {
        if (type.equals("integer")) {
            return (long) bound;
        }
        return bound;
    }

    /** A default that stands in the declaration as a number, word or list; not one that is another key's value. */
    private static Optional<Object> byDefault(String text) {
        return text.isEmpty() || text.startsWith("$")
                ? Optional.empty()
                : ConfigParser.value(text, Place.root("default")).map(JsonSchema::tree);
    }

    private static Object tree(ConfigNode node) {
        if (node instanceof ConfigNode.Mapping map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.entries().forEach((key, value) -> entries.put(key, tree(value)));
            return entries;
        } else if (node instanceof ConfigNode.Sequence list) {
            return list.items().stream().map(JsonSchema::tree).toList();
        }
        ConfigNode.Scalar scalar = (ConfigNode.Scalar) node;
        return switch (scalar.kind()) {
            case INTEGER -> Long.valueOf(scalar.text());
            case FLOAT -> Double.valueOf(scalar.text());
            case BOOLEAN -> Boolean.valueOf(scalar.text());
            default -> scalar.text();
        };
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
