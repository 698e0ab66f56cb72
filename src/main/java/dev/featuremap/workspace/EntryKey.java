package dev.featuremap.workspace;

import dev.featuremap.Failure;
import dev.featuremap.Spelling;
import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.experiment.KeyDescription;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.RunStatus;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.Entry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be asked of an {@link Entry}: one of its own keys, a metric, or a key of its experiment.
 *
 * @param name as it is shown, places in lists in brackets
 * @param type of its values
 * @param words its only values; empty where any can be
 */
public record EntryKey(String name, Type type, List<String> words) {
    private static final Map<String, Type> OWN = own();
    private static final Pattern PLACE = Pattern.compile("\\.(\\d+)(?=\\.|\\[|$)");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
    private static final Pattern NUMBERS = Pattern.compile("a (whole )?number");
    private static final Pattern WORDS = Pattern.compile("[\\w]+(, [\\w]+)+");

    /** What the values of a key are. */
    public enum Type {
        NUMBER,
        /** Seconds. */
        DURATION,
        TEXT,
        /** Any of several texts. */
        TEXTS
    }

    private static Map<String, Type> own() {
        Map<String, Type> keys = new LinkedHashMap<>();
        for (String text : List.of("name", "experiment", "kind", "status", "engine", "note")) {
            keys.put(text, Type.TEXT);
        }
        keys.put("tags", Type.TEXTS);
        keys.put("age", Type.DURATION);
        keys.put("time", Type.DURATION);
        keys.put("epochs", Type.NUMBER);
        for (String prefix : List.of("", "test.", "validation.")) {
            for (Metric metric : Metric.values()) {
                keys.put(prefix + metric.word(), Type.NUMBER);
            }
        }
        return keys;
    }

    /**
     * The key of a name.
     *
     * @param isNumber whether it is asked for a number: {@code loss} is both a score, and a word of the experiment
     * @throws Failure (usage) naming the nearest key when there is none
     */
    public static EntryKey of(String written, boolean isNumber) {
        String name = PLACE.matcher(written).replaceAll("[$1]");
        Type own = name.equals(Metric.LOSS.word()) && !isNumber ? null : OWN.get(name);
        if (own != null) {
            return new EntryKey(name, own, words(name));
        }
        String pattern = INDEX.matcher(name).replaceAll("[]");
        List<KeyDescription> found = described(pattern);
        // One side of what has a height and a width.
        found = found.isEmpty() && pattern.endsWith("[]")
                ? described(pattern.substring(0, pattern.length() - 2))
                : found;
        if (found.isEmpty()) {
            throw unknown(written, pattern);
        }
        if (name.contains("[]")) {
            throw Failure.usage(
                    written + " does not say which one of the list",
                    "count from 0, such as " + name.replace("[]", "[0]"));
        }
        boolean isOfNumbers =
                found.stream().allMatch(key -> NUMBERS.matcher(key.type()).lookingAt());
        boolean isOfWords =
                found.stream().allMatch(key -> WORDS.matcher(key.type()).matches());
        return new EntryKey(
                name,
                isOfNumbers ? Type.NUMBER : Type.TEXT,
                isOfWords
                        ? found.stream()
                                .flatMap(key -> Arrays.stream(key.type().split(", ")))
                                .distinct()
                                .toList()
                        : found.stream().allMatch(key -> key.type().equals("true or false"))
                                ? List.of("true", "false")
                                : List.of());
    }

    private static List<String> words(String name) {
        return switch (name) {
            case "kind" -> Arrays.stream(Kind.values()).map(Kind::word).toList();
            case "status" ->
                Stream.concat(
                                Arrays.stream(RunStatus.values())
                                        .filter(status -> status != RunStatus.FAILED) // of a folder it can't be told
                                        .map(RunStatus::word),
                                Stream.of(State.DAMAGED, State.FOREIGN))
                        .toList();
            default -> List.of();
        };
    }

    private static List<KeyDescription> described(String pattern) {
        return ExperimentFile.keys().stream()
                .filter(key -> key.path().equals(pattern) && !key.type().equals("a map of keys"))
                .toList();
    }

    private static Failure unknown(String written, String pattern) {
        List<String> inside = new ArrayList<>(new TreeSet<>(ExperimentFile.keys().stream()
                .map(KeyDescription::path)
                .filter(path -> path.startsWith(pattern + "."))
                .toList()));
        if (!inside.isEmpty()) {
            return Failure.usage(
                    written + " is a map of keys: ask for one of them, such as " + inside.get(0),
                    "featuremap config keys lists all");
        }
        List<String> all = new ArrayList<>(OWN.keySet());
        ExperimentFile.keys().forEach(key -> all.add(key.path()));
        return Failure.usage(
                written + " is no key" + nearest(all, pattern),
                "ask for one of " + String.join(", ", OWN.keySet()) + ", or a key that featuremap config keys lists");
    }

    /** Of the whole path or, where that is like none, of its last part. */
    private static String nearest(List<String> all, String pattern) {
        String meant = Spelling.didYouMean(all, pattern);
        String last = pattern.substring(pattern.lastIndexOf('.') + 1);
        return meant.isEmpty()
                ? all.stream()
                        .filter(path ->
                                path.substring(path.lastIndexOf('.') + 1).equalsIgnoreCase(last))
                        .findFirst()
                        .map(path -> "; did you mean " + path + "?")
                        .orElse("")
                : meant;
    }

    /** The number of a key of numbers or durations; null where the entry has none. */
    public Double number(Entry entry, Instant now) {
        return switch (name) {
            case "age" -> (double) Duration.between(entry.created(), now).toMillis() / 1000;
            case "time" -> entry.outcome().seconds();
            case "epochs" ->
                entry.outcome().epochs() == null
                        ? null
                        : (double) entry.outcome().epochs();
            default ->
                OWN.containsKey(name)
                        ? entry.outcome().metrics().get(name)
                        : number(entry.settings().get(name));
        };
    }

    /** The texts of a key; none where the entry has none. */
    public List<String> texts(Entry entry) {
        return switch (name) {
            case "name" -> List.of(entry.name());
            case "experiment" -> texts(entry.settings().get("name"));
            case "kind" -> List.of(entry.kind().word());
            case "status" -> List.of(entry.status());
            case "engine" -> texts(entry.outcome().engine());
            case "note" -> List.of(entry.tags().note());
            case "tags" -> entry.tags().tags();
            default -> texts(entry.settings().get(name));
        };
    }

    private static List<String> texts(String one) {
        return Optional.ofNullable(one).stream().toList();
    }

    /** Null for what is no number, such as a word that may stand in a number's place. */
    private static Double number(String text) {
        try {
            return text == null ? null : Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether its values are numbers, or durations as numbers of seconds. */
    public boolean isOfNumbers() {
        return type == Type.NUMBER || type == Type.DURATION;
    }

    /** Words as a question has them. */
    String choices() {
        return words.stream()
                .map(word -> word.contains(" ") ? "'" + word + "'" : word)
                .collect(Collectors.joining(", "));
    }
}
