package dev.featuremap.experiment;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the records' declarations say about the file: the names of forms and constants, the kinds of values. */
final class Schema {
    private Schema() {}

    /**
     * A sealed interface's forms under their names, without the bare form, in the order of its permits clause: where
     * there is no such clause, the compiler's order is not the source's.
     */
    static Map<String, Class<? extends Record>> forms(Class<?> sealed) {
        Map<String, Class<? extends Record>> forms = new LinkedHashMap<>();
        Class<? extends Record> bare =
                choice(sealed).<Class<? extends Record>>map(Choice::bare).orElse(Record.class);
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            Class<? extends Record> form = permitted.asSubclass(Record.class);
            if (form != bare) {
                forms.put(formName(form, choice(sealed).isPresent()), form);
            }
        }
        return forms;
    }

    static Optional<Choice> choice(Class<?> sealed) {
        return Optional.ofNullable(sealed.getAnnotation(Choice.class));
    }

    /** The sealed interface a record is a form of. */
    static Optional<Class<?>> sealedOf(Class<?> form) {
        return Arrays.<Class<?>>stream(form.getInterfaces())
                .filter(Class::isSealed)
                .findFirst();
    }

    /** A form's name: the word under the choice's key, or, without a choice, its first component's name. */
    static String formName(Class<? extends Record> form, boolean byChoice) {
        if (!byChoice) {
            return form.getRecordComponents()[0].getName();
        }
        Named named = form.getAnnotation(Named.class);
        String simple = form.getSimpleName();
        return named != null ? named.value() : simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
    }

    /** A constant's word in the file: its name in lower case. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static List<String> words(Class<?> enumType) {
        return Arrays.stream(enumType.getEnumConstants())
                .map(constant -> word((Enum<?>) constant))
                .toList();
    }

    /** The kind of value in words, with its range where it has one, such as {@code a whole number in [1, 9]}. */
    static String kind(Type type, String range) {
        String in = range.isEmpty() ? "" : " in " + range;
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            return generic.getRawType() == List.class ? "a list" : kind(argument, range);
        }
        Class<?> kind = (Class<?>) type;
        if (kind == int.class || kind == Integer.class || kind == long.class || kind == Long.class) {
            return "a whole number" + in;
        } else if (kind == double.class || kind == Double.class) {
            return "a number" + in;
        } else if (kind == boolean.class) {
            return "true or false";
        } else if (kind == String.class) {
            return "text";
        } else if (kind == Extent.class) {
            return "a whole number or [height, width]";
        } else if (kind == Seeds.class) {
            return Seeds.ALLOWED;
        } else if (kind == ClassWeights.class) {
            return ClassWeights.ALLOWED;
        } else if (kind == Margins.class) {
            return Margins.ALLOWED;
        } else if (kind == Grid.class) {
            return Grid.ALLOWED;
        } else if (kind.isEnum()) {
            return words(kind).stream().collect(Collectors.joining(", "));
        }
        Class<?> bare = choice(kind).<Class<?>>map(Choice::bare).orElse(Record.class);
        return bare == Record.class ? "a map of keys" : bareKind(bare.getRecordComponents()[0]) + " or a map of keys";
    }

    /** Whether a record is written in a notation of its own, and has no keys below it. */
    static boolean isWritten(Class<?> kind) {
        return kind == Extent.class
                || kind == Seeds.class
                || kind == ClassWeights.class
                || kind == Margins.class
                || kind == Grid.class;
    }

    private static String bareKind(RecordComponent component) {
        return kind(component.getType(), component.getAnnotation(Key.class).range());
    }
}
