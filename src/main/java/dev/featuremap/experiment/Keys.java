package dev.featuremap.experiment;

import java.lang.reflect.RecordComponent;
import java.util.Optional;

/** The check every configuration record's constructor makes: nothing missing, every number inside its key's range. */
public final class Keys {
    private Keys() {}

    /**
     * Checks the components of a record, in their order, against their {@link Key}s.
     *
     * @throws InvalidKey naming the first component that is null or outside its range
     */
    public static void check(Class<? extends Record> type, Object... values) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != values.length) {
            throw new IllegalArgumentException(type.getSimpleName() + " has " + components.length + " components");
        }
        for (int i = 0; i < components.length; i++) {
            check(components[i], values[i]);
        }
    }

    private static void check(RecordComponent component, Object value) {
        if (value == null) {
            throw new InvalidKey(component.getName(), "nothing", "a value");
        }
        Key key = component.getAnnotation(Key.class);
        if (key == null || key.range().isEmpty()) {
            return;
        }
        Range range = Range.of(key.range());
        Object inside = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        if (inside instanceof Number number && !range.contains(number.doubleValue())) {
            throw new InvalidKey(component.getName(), number, "a number in " + range.text());
        }
    }
}
