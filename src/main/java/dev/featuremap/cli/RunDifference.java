package dev.featuremap.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.Failure;
import dev.featuremap.Printable;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.page.FittedTable;
import dev.featuremap.report.Answers;
import dev.featuremap.report.PairedAnswers;
import dev.featuremap.run.Provenance;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.TestData;
import dev.featuremap.workspace.Changes;
import dev.featuremap.workspace.Entry;
import dev.featuremap.workspace.Entry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What {@code runs diff} tells of two runs.
 *
 * @param settings in which they differ
 * @param metrics those that both have
 * @param data SHA-256 of data files that are not the same
 * @param versions that are not the same, of the program, its libraries and the machine
 * @param sameTestData whether both were tested on the same examples; null where that is not known
 * @param answers to the same test examples, held against each other; null where there are none
 * @param whyNotPaired why there are none; null where there are
 */
@JsonInclude(Include.NON_NULL)
record RunDifference(
        String first,
        String second,
        List<Row> settings,
        List<Change> metrics,
        List<Row> data,
        List<Row> versions,
        Boolean sameTestData,
        PairedAnswers answers,
        String whyNotPaired) {
    /** A value of each; null where one has none. */
    record Row(String key, String first, String second) {}

    /** A figure of each, and the second's minus the first's. */
    record Change(String metric, double first, double second, double difference) {}

    /** @throws Failure (usage) when one of the two is no run, (model) when its files contradict each other */
    static RunDifference of(Entry one, Entry other) {
        List<RunDirectory> runs = new ArrayList<>();
        for (Entry entry : List.of(one, other)) {
            if (entry.kind() != Kind.RUN) {
                throw Failure.usage(
                        entry.folder() + " is a " + entry.kind().word() + ", not a run",
                        "name two runs; featuremap runs --all lists those in comparisons and searches too");
            }
            RunDirectory run = RunDirectory.openBegun(entry.folder());
            run.requireConsistent();
            runs.add(run);
        }
        boolean isSameName = one.name().equals(other.name());
        String first = Printable.line(isSameName ? one.folder().toString() : one.name());
        String second = Printable.line(isSameName ? other.folder().toString() : other.name());
        Answers answered = Answers.of(first, runs.get(0));
        Answers toHold = Answers.of(second, runs.get(1));
        String whyNot = answered.whyNotPaired(toHold).orElse(null);
        List<Provenance> made =
                runs.stream().flatMap(run -> run.provenance().stream()).toList();
        boolean areMade = made.size() == 2;
        return new RunDifference(
                first,
                second,
                rows(one.settings(), other.settings()),
                changes(one.outcome().metrics(), other.outcome().metrics()),
                areMade ? rows(made.get(0).dataSha256(), made.get(1).dataSha256()) : List.of(),
                areMade ? rows(versions(made.get(0)), versions(made.get(1))) : List.of(),
                (answered.testData() == null || toHold.testData() == null)
                        ? null
                        : (Boolean) TestData.areSame(answered.testData(), toHold.testData()),
                whyNot == null ? PairedAnswers.of(first, answered.predictions(), second, toHold.predictions()) : null,
                whyNot);
    }

    private static Map<String, String> versions(Provenance made) {
        Map<String, String> versions = new TreeMap<>(made.versions());
        versions.put("machine", made.machine().cpu() + ", " + made.machine().os());
        versions.put("natives", made.backend().classifier());
        versions.put("threads", Integer.toString(made.backend().threads()));
        versions.put(
                "commit",
                made.git() == null ? null : made.git().commit() + (made.git().dirty() ? " changed" : ""));
        return versions;
    }

    private static List<Row> rows(Map<String, String> one, Map<String, String> other) {
        return Changes.keys(List.of(one, other)).stream()
                .map(key -> new Row(key, one.get(key), other.get(key)))
                .toList();
    }

    private static List<Change> changes(Map<String, Double> one, Map<String, Double> other) {
        return Stream.of(Metric.values())
                .map(Metric::word)
                .filter(metric -> one.containsKey(metric) && other.containsKey(metric))
                .map(metric ->
                        new Change(metric, one.get(metric), other.get(metric), other.get(metric) - one.get(metric)))
                .toList();
    }

    void print(Terminal terminal) {
        terminal.print("first:  %s%nsecond: %s%n", first, second);
        print(terminal, "settings", settings, "the same settings");
        if (!metrics.isEmpty()) {
            terminal.print("%nscores%n");
            columns(
                    terminal,
                    new FittedTable.Column("metric", 0, false, cells(metrics, Change::metric)),
                    new FittedTable.Column("first", 0, true, cells(metrics, change -> figure(change, change.first))),
                    new FittedTable.Column("second", 0, true, cells(metrics, change -> figure(change, change.second))),
                    new FittedTable.Column("second − first", 0, true, cells(metrics, RunDifference::difference)));
        }
        print(terminal, "data files", data, null);
        print(terminal, "versions and machine", versions, "the same versions, on the same machine");
        terminal.print("%nanswers%n");
        if (answers == null) {
            terminal.print("%s%n", whyNotPaired);
            return;
        }
        PairedAnswers.Rights rights = answers.rights();
        if (rights != null) {
            terminal.print(
                    "of %,d test examples both are right on %,d, only the first on %,d, only the second on %,d, neither on %,d%n",
                    answers.examples(), rights.both(), rights.onlyFirst(), rights.onlySecond(), rights.neither());
        }
        terminal.print("%s%n", answers.sentence());
    }

    private static void print(Terminal terminal, String what, List<Row> rows, String same) {
        if (rows.isEmpty()) {
            if (same != null) {
                terminal.print("%n%s%n", same);
            }
            return;
        }
        terminal.print("%n%s%n", what);
        columns(
                terminal,
                new FittedTable.Column("key", 0, false, cells(rows, Row::key)),
                new FittedTable.Column("first", 0, false, cells(rows, Row::first)),
                new FittedTable.Column("second", 0, false, cells(rows, Row::second)));
    }

    private static void columns(Terminal terminal, FittedTable.Column... columns) {
        terminal.out().print(new FittedTable(List.of(columns), terminal.screen().columns()).text());
    }

    private static <T> Supplier<List<String>> cells(List<T> rows, Function<T, String> cell) {
        return () -> rows.stream()
                .map(cell)
                .map(text -> text == null ? "–" : Printable.line(text))
                .toList();
    }

    private static String figure(Change change, double value) {
        return RunsTable.figure(Metric.valueOf(change.metric.toUpperCase(Locale.ROOT)), value);
    }

    /** Of accuracies in percentage points. */
    private static String difference(Change change) {
        return change.metric.equals(Metric.ACCURACY.word())
                ? String.format(Locale.ROOT, "%+.2f points", 100 * change.difference)
                : String.format(Locale.ROOT, "%+.4f", change.difference);
    }
}
