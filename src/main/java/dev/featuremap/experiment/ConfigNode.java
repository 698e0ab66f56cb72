package dev.featuremap.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a configuration as it was written, before anything is known of its meaning. Immutable. */
sealed interface ConfigNode {
    Place place();

    /** What a scalar is by YAML 1.2's core schema; everything in quotes is text. */
    enum Kind {
        NULL,
        BOOLEAN,
        INTEGER,
        FLOAT,
        TEXT
    }

    record Scalar(Place place, String text, Kind kind) implements ConfigNode {}

    record Sequence(Place place, List<ConfigNode> items) implements ConfigNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys in the order they were written; each value stands at the line of its key. */
    record Mapping(Place place, Map<String, ConfigNode> entries) implements ConfigNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** Whether nothing was written, or {@code null}. */
    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }
}
