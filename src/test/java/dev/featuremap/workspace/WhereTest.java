package dev.featuremap.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.featuremap.Failure;
import dev.featuremap.run.RunTags;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.Entry.Outcome;
import dev.featuremap.workspace.Entry.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhereTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static final Entry RUN = entry(
            "20260531-000000-letters-7",
            Duration.ofDays(1),
            "stopped early",
            Map.of("accuracy", 0.98, "loss", 0.07, "test.accuracy", 0.98, "validation.accuracy", 0.95),
            new RunTags(List.of("best", "paper"), "for the Talk"),
            Map.of(
                    "name", "letters",
                    "seed", "7",
                    "loss", "mse",
                    "training.keepBest", "true",
                    "training.updater.learningRate", "1.0e-3",
                    "network.layers[0].filters", "16",
                    "network.layers[0].kernel[1]", "3",
                    "data.source", "xo"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accuracy > 0.97 and loss = mse and network.layers[0].filters >= 16",
                "accuracy>97%",
                "(accuracy > 97 %) and age < 2 d",
                "network.layers.0.filters = 16",
                "network.layers[0].kernel[1] = 3",
                "training.updater.learningRate = 0.001",
                "loss < 0.1 and loss = mse",
                "test.accuracy = 0.98 and validation.accuracy = .95",
                "age < 2d and age >= 24h",
                "status = 'stopped early'",
                "status = \"stopped early\"",
                "name ~ LETTERS and experiment = letters",
                "tags = best and tags ~ pap and not tags = poster and tags != poster",
                "note ~ talk",
                "training.keepBest = true",
                "time < 1min and time = 12.5 and time <= 12.5s",
                "seed = 7 AND Not (seed = 8 or seed=9)",
                "loss = mae or loss = l1 or data.source = xo",
                "kind == run"
            })
    void findsARunBy(String question) {
        assertThat(Where.parse(question).matches(RUN, NOW)).isTrue();
    }

    @Test
    void bindsAndMoreCloselyThanOr() {
        assertThat(Where.parse("seed = 7 or seed = 8 and seed = 9").matches(RUN, NOW))
                .isTrue();
        assertThat(Where.parse("(seed = 7 or seed = 8) and seed = 9").matches(RUN, NOW))
                .isFalse();
        assertThat(Where.parse("not seed = 8 and seed = 9").matches(RUN, NOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"r2 = 0", "r2 != 0", "r2 < 1", "data.folder = x", "data.folder != x", "data.folder ~ x"})
    void doesNotFindWhatTheRunDoesNotHave(String question) {
        assertThat(Where.parse(question).matches(RUN, NOW)).isFalse();
        assertThat(Where.parse("not " + question).matches(RUN, NOW)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "accuraccy > 0.9 | 0 | accuraccy is no key; did you mean accuracy?",
                "seed = 1 and training.batchSise = 3 | 13 | did you mean training.batchSize?",
                "filters > 3 | 0 | did you mean network.layers[].filters?",
                "data = xo | 0 | data is a map of keys: ask for one of them, such as data.augment",
                "seed | 4 | expected one of = != < <= > >= ~",
                "seed = | 6 | expected a value to compare seed with",
                "seed = 1 seed = 2 | 9 | expected and, or, or the end",
                "(seed = 1 | 9 | expected )",
                "seed = 1 or | 11 | expected a key",
                "seed = x | 7 | seed is a number, such as 0.99, 99% or 1e-3",
                "seed = 3d | 7 | seed is a number",
                "age < 2y | 6 | age is a duration, such as 90s, 30m, 12h, 2d or 1w",
                "age < soon | 6 | age is a duration",
                "loss > mse | 0 | loss is no number: it has = != ~",
                "seed ~ 3 | 0 | seed is a number, which has = != < <= > >=",
                "loss = mcxnt | 7 | did you mean mcxent?",
                "status = finished | 9 | status is one of done, 'stopped early', abandoned",
                "status = going on | 9 | 'going on'",
                "note = to look at | 10 | expected and, or, or the end; a text with blanks stands in quotes",
                "network.layers[].filters > 3 | 0 | network.layers[].filters does not say which one of the list",
                "network.layers[].kernel[1] = 3 | 0 | network.layers[].kernel[1] does not say which one of the list",
                "name = 'x | 7 | a quote ' that does not end",
                "seed ! 3 | 5 | expected !="
            })
    void pointsAtThePlaceThatIsWrong(String question, int place, String message) {
        Failure failure = catchThrowableOfType(Failure.class, () -> Where.parse(question));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
        assertThat(failure.getMessage()).contains(message);
        MisreadException misread = (MisreadException) failure.getCause();
        assertThat(misread.place()).isEqualTo(place);
        assertThat(misread.pointing()).isEqualTo("  " + question + "\n  " + " ".repeat(place) + "^");
    }

    @Test
    void showsOfALongQuestionWhatIsAroundThePlace() {
        String question = "seed = 1 or ".repeat(100) + "sed = 1" + " or seed = 2".repeat(100);
        Failure failure = catchThrowableOfType(Failure.class, () -> Where.parse(question));

        String shown = "…" + question.substring(1170, 1230) + "…";
        assertThat(((MisreadException) failure.getCause()).pointing())
                .isEqualTo("  " + shown + "\n  " + " ".repeat(31) + "^");
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        Failure failure = catchThrowableOfType(Failure.class, () -> Where.parse("(".repeat(100_000)));

        assertThat(failure.getMessage()).contains("nested deeper than 100 levels");
    }

    @Test
    void showsNothingThatATerminalObeys() {
        Failure failure = catchThrowableOfType(Failure.class, () -> Where.parse("\u001b[31m = 3"));

        assertThat(failure.getMessage()).doesNotContain("\u001b").contains("\\u001b[31m");
        assertThat(((MisreadException) failure.getCause()).pointing()).doesNotContain("\u001b");
    }

    /** Random questions, of which a second, naive evaluation is made beside the text. */
    @Test
    void answersAsANaiveEvaluationDoes() {
        Random random = new Random(29);
        for (int i = 0; i < 20_000; i++) {
            Asked asked = asked(random, 3);
            Where where = Where.parse(asked.text);
            for (int j = 0; j < 5; j++) {
                Entry entry = entry(random);
                assertThat(where.matches(entry, NOW))
                        .as("%s of %s", asked.text, entry)
                        .isEqualTo(asked.naive.test(entry));
            }
        }
    }

    private record Asked(String text, Predicate<Entry> naive) {}

    private static Asked asked(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(5);
        if (kind == 1) {
            Asked one = asked(random, depth - 1);
            return new Asked("not (" + one.text + ")", entry -> !one.naive.test(entry));
        }
        if (kind == 2 || kind == 3) {
            Asked one = asked(random, depth - 1);
            Asked other = asked(random, depth - 1);
            String word = kind == 2 ? ") and (" : ") or (";
            return new Asked(
                    "(" + one.text + word + other.text + ")",
                    kind == 2 ? one.naive.and(other.naive) : one.naive.or(other.naive));
        }
        return random.nextBoolean() ? number(random) : text(random);
    }

    private static Asked number(Random random) {
        String key = pick(random, "accuracy", "r2", "seed", "epochs", "network.layers[0].filters", "age");
        String sign = pick(random, "=", "!=", "<", "<=", ">", ">=");
        int value = random.nextInt(5);
        String written = key.equals("age") ? value + pick(random, "d", "h") : Integer.toString(value);
        double asked = !key.equals("age") ? value : written.endsWith("d") ? value * 86400.0 : value * 3600.0;
        return new Asked(key + " " + sign + " " + written, entry -> {
            Double there = switch (key) {
                case "accuracy", "r2" -> entry.outcome().metrics().get(key);
                case "epochs" ->
                    entry.outcome().epochs() == null
                            ? null
                            : (double) entry.outcome().epochs();
                case "age" -> (NOW.toEpochMilli() - entry.created().toEpochMilli()) / 1000.0;
                default ->
                    entry.settings().containsKey(key)
                            ? Double.parseDouble(entry.settings().get(key))
                            : null;
            };
            return there != null
                    && switch (sign) {
                        case "=" -> there == asked;
                        case "!=" -> there != asked;
                        case "<" -> there < asked;
                        case "<=" -> there <= asked;
                        case ">" -> there > asked;
                        default -> there >= asked;
                    };
        });
    }

    private static Asked text(Random random) {
        String key = pick(random, "name", "loss", "tags", "note", "engine");
        String sign = pick(random, "=", "!=", "~");
        String value = pick(random, "mse", "mae", "l1");
        return new Asked(key + sign + value, entry -> {
            List<String> there = switch (key) {
                case "name" -> List.of(entry.name());
                case "loss" ->
                    entry.settings().containsKey(key) ? List.of(entry.settings().get(key)) : List.of();
                case "tags" -> entry.tags().tags();
                case "note" -> List.of(entry.tags().note());
                default ->
                    entry.outcome().engine() == null
                            ? List.of()
                            : List.of(entry.outcome().engine());
            };
            boolean isMissing = there.isEmpty() && !key.equals("tags");
            return switch (sign) {
                case "=" -> there.stream().anyMatch(value::equals);
                case "!=" -> !isMissing && there.stream().noneMatch(value::equals);
                default ->
                    there.stream().anyMatch(one -> one.toLowerCase(Locale.ROOT).contains(value));
            };
        });
    }

    private static Entry entry(Random random) {
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String key : List.of("seed", "network.layers[0].filters")) {
            if (random.nextInt(4) > 0) {
                settings.put(key, Integer.toString(random.nextInt(5)));
            }
        }
        if (random.nextInt(4) > 0) {
            settings.put("loss", pick(random, "mse", "mae", "l1"));
        }
        for (String key : List.of("accuracy", "r2")) {
            if (random.nextInt(4) > 0) {
                metrics.put(key, (double) random.nextInt(5));
            }
        }
        List<String> tags = new ArrayList<>();
        while (random.nextBoolean()) {
            tags.add(pick(random, "mse", "mae", "xmse"));
        }
        return new Entry(
                pick(random, "mse", "MSE-2", "l1"),
                Path.of("x"),
                Kind.RUN,
                NOW.minusSeconds(3600L * random.nextInt(100)),
                new State("done", null),
                new Outcome(
                        random.nextBoolean() ? null : random.nextInt(5),
                        null,
                        pick(random, null, "mse", "mae"),
                        metrics),
                new RunTags(tags, pick(random, "", "mse", "an L1 note")),
                settings);
    }

    private static String pick(Random random, String... some) {
        return some[random.nextInt(some.length)];
    }

    private static Entry entry(
            String name,
            Duration age,
            String status,
            Map<String, Double> metrics,
            RunTags tags,
            Map<String, String> settings) {
        return new Entry(
                name,
                Path.of(name),
                Kind.RUN,
                NOW.minus(age),
                new State(status, null),
                new Outcome(3, 12.5, "onednn", metrics),
                tags,
                settings);
    }
}
