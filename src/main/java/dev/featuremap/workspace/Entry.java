package dev.featuremap.workspace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.RunTags;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one folder of a folder of runs holds, at a glance: as its files tell it, which are not held against each other.
 *
 * @param name its path within the folder of runs, with slashes
 * @param created when it was begun
 * @param settings of a run the values of its experiment by their dotted keys, such as {@code network.layers[0].filters}; those that
 *     are null are left out. Empty for all else
 */
@JsonInclude(Include.NON_NULL)
public record Entry(
        String name,
        @JsonIgnore Path folder,
        Kind kind,
        @JsonSerialize(using = ToStringSerializer.class) Instant created,
        @JsonUnwrapped State state,
        @JsonUnwrapped Outcome outcome,
        @JsonUnwrapped RunTags tags,
        Map<String, String> settings) {
    public Entry {
        settings = Collections.unmodifiableMap(settings);
    }

    /** What a folder is. */
    public enum Kind {
        RUN,
        COMPARISON,
        SEARCH,
        /** None of these. */
        OTHER;

        /** As files and people call it, such as {@code run}. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How far it is.
     *
     * @param status that of a {@link RunStatus}, or {@link #DAMAGED}, {@link #FOREIGN}
     * @param fault what is wrong with it; null where nothing is
     */
    @JsonInclude(Include.NON_NULL)
    public record State(String status, String fault) {
        /** Of a folder whose files are not what they should be. */
        public static final String DAMAGED = "damaged";

        /** Of a folder that is no run, comparison or search. */
        public static final String FOREIGN = "not a run";

        static State of(RunStatus status) {
            return new State(status.word(), null);
        }
    }

    /**
     * What came of it.
     *
     * @param epochs trained to their end; null where that is not known, and for all but runs
     * @param seconds spent training; null likewise
     * @param engine what stepped the network; null likewise
     * @param metrics accuracy, loss, mse, mae and r2 on the test data (where these were not measured, on the validation data); of a
     *     comparison the means of its best member, of a search the best candidate's. Of runs also {@code test.accuracy},
     *     {@code validation.loss} and so on
     */
    @JsonInclude(Include.NON_NULL)
    public record Outcome(Integer epochs, Double seconds, String engine, Map<String, Double> metrics) {
        static final Outcome NONE = new Outcome(null, null, null, new LinkedHashMap<>());

        public Outcome {
            metrics = Collections.unmodifiableMap(metrics);
        }
    }

    /** The status as people call it, such as {@code done}. */
    public String status() {
        return state.status;
    }

    /** A run's seed; null where that is not known, and for all but runs. */
    public Long seed() {
        String seed = settings.get("seed");
        try {
            return seed == null ? null : Long.valueOf(seed);
        } catch (NumberFormatException e) {
            return null; // It was not written by this program.
        }
    }

    /** The same in another state. */
    Entry with(State another) {
        return new Entry(name, folder, kind, created, another, outcome, tags, settings);
    }

    /** Whether it came to its end with scores. */
    public boolean hasScores() {
        return state.fault == null && !outcome.metrics.isEmpty();
    }
}
