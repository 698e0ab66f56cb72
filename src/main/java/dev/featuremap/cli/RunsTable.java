package dev.featuremap.cli;

import dev.featuremap.Printable;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.page.FittedTable;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.workspace.Entry;
import dev.featuremap.workspace.Entry.Kind;
import dev.featuremap.workspace.SeedGroup;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Entries, or groups of them, as a table: for a terminal, as Markdown, or as CSV with the values as they are. */
final class RunsTable {
    private static final List<Metric> METRICS =
            List.of(Metric.ACCURACY, Metric.R2, Metric.LOSS, Metric.MSE, Metric.MAE);

    private static final int MOST_NAMED = 8;

    private final List<FittedTable.Column> shown;
    private final List<FittedTable.Column> raw;

    private RunsTable(List<FittedTable.Column> shown, List<FittedTable.Column> raw) {
        this.shown = shown;
        this.raw = raw;
    }

    /**
     * Of entries.
     *
     * @param keys of settings that are shown too
     */
    static RunsTable of(List<Entry> entries, List<String> keys, Instant now) {
        Columns<Entry> shown = new Columns<>(entries);
        Columns<Entry> raw = new Columns<>(entries);
        shown.text("name", 0, entry -> Printable.line(entry.name()));
        raw.text("name", 0, Entry::name);
        raw.text("kind", 0, entry -> entry.kind().word());
        if (entries.stream().anyMatch(entry -> entry.kind() != Kind.RUN)) {
            shown.text("kind", 8, entry -> entry.kind().word());
        }
        shown.number("age", 3, entry -> age(Duration.between(entry.created(), now)));
        raw.text("created", 0, entry -> entry.created().toString());
        shown.text("status", 1, Entry::status);
        raw.text("status", 0, Entry::status);
        both(shown, raw, "seed", 5, entry -> text(entry.seed()));
        both(shown, raw, "epochs", 6, entry -> text(entry.outcome().epochs()));
        for (Metric metric : METRICS) {
            Function<Entry, Double> value = entry -> entry.outcome().metrics().get(metric.word());
            if (entries.stream().anyMatch(entry -> value.apply(entry) != null)) {
                shown.number(metric.word(), rank(metric), entry -> figure(metric, value.apply(entry)));
            }
            raw.number(metric.word(), 0, entry -> text(value.apply(entry)));
        }
        shown.number("time", 7, entry -> time(entry.outcome().seconds()));
        raw.number("seconds", 0, entry -> text(entry.outcome().seconds()));
        shown.text("engine", 9, entry -> text(entry.outcome().engine()));
        raw.text("engine", 0, entry -> text(entry.outcome().engine()));
        if (entries.stream().anyMatch(entry -> !entry.tags().tags().isEmpty())) {
            shown.text("tags", 2, entry -> String.join(" ", entry.tags().tags()));
        }
        raw.text("tags", 0, entry -> String.join(" ", entry.tags().tags()));
        raw.text("note", 0, entry -> entry.tags().note());
        settings(shown, raw, keys.stream().filter(key -> !key.equals("seed")).toList(), Entry::settings);
        return new RunsTable(shown.all, raw.all);
    }

    /**
     * Of groups over seeds.
     *
     * @param keys of settings in which they differ
     */
    static RunsTable of(List<SeedGroup> groups, List<String> keys) {
        Columns<SeedGroup> shown = new Columns<>(groups);
        Columns<SeedGroup> raw = new Columns<>(groups);
        shown.text("experiment", 0, group -> Printable.line(group.experiment()));
        raw.text("experiment", 0, SeedGroup::experiment);
        both(shown, raw, "n", 1, group -> text(group.runs().size()));
        raw.text(
                "seeds",
                0,
                group -> String.join(
                        " ", group.seeds().stream().map(RunsTable::text).toList()));
        for (Metric metric : METRICS) {
            Function<SeedGroup, Summary> summary = group -> group.summary().get(metric.word());
            if (groups.stream().anyMatch(group -> summary.apply(group) != null)) {
                shown.number(metric.word(), rank(metric), group -> figure(metric, mean(summary.apply(group))));
                shown.number(
                        "95 % of " + metric.word(), rank(metric) + 1, group -> interval(metric, summary.apply(group)));
            }
            raw.number(metric.word(), 0, group -> text(mean(summary.apply(group))));
            raw.number(metric.word() + "_low", 0, group -> text(end(summary.apply(group), 0)));
            raw.number(metric.word() + "_high", 0, group -> text(end(summary.apply(group), 1)));
        }
        settings(shown, raw, keys.stream().filter(key -> !key.equals("name")).toList(), SeedGroup::settings);
        return new RunsTable(shown.all, raw.all);
    }

    /** As wide as the terminal; which columns found no room is told beside it. */
    void print(Terminal terminal) {
        FittedTable table = new FittedTable(shown, terminal.screen().columns());
        terminal.out().print(table.text());
        List<String> omitted = table.omitted();
        if (!omitted.isEmpty()) {
            int more = Math.max(0, omitted.size() - MOST_NAMED);
            terminal.tell(
                    "not shown for want of room: %s%s%n",
                    String.join(", ", omitted.subList(0, omitted.size() - more)),
                    more == 0 ? "" : " and " + more + " more (--csv)");
        }
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        line(text, shown.stream().map(FittedTable.Column::header).toList());
        line(
                text,
                shown.stream()
                        .map(column -> column.isOfNumbers() ? "---:" : "---")
                        .toList());
        rows(shown)
                .forEach(row -> line(
                        text,
                        Stream.of(row).map(cell -> cell.replace("|", "\\|")).toList()));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** The header and the rows of CSV. */
    List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        rows.add(raw.stream().map(FittedTable.Column::header).toArray(String[]::new));
        rows.addAll(rows(raw));
        return rows;
    }

    private static List<String[]> rows(List<FittedTable.Column> columns) {
        List<List<String>> cells =
                columns.stream().map(column -> column.cells().get()).toList();
        return IntStream.range(0, cells.get(0).size())
                .mapToObj(row -> cells.stream().map(column -> column.get(row)).toArray(String[]::new))
                .toList();
    }

    private static final class Columns<T> {
        private final List<T> rows;
        private final List<FittedTable.Column> all = new ArrayList<>();

        private Columns(List<T> rows) {
            this.rows = rows;
        }

        private Set<String> headers() {
            return all.stream().map(FittedTable.Column::header).collect(Collectors.toSet());
        }

        private void text(String header, int rank, Function<T, String> cell) {
            all.add(new FittedTable.Column(header, rank, false, () -> cells(cell)));
        }

        private void number(String header, int rank, Function<T, String> cell) {
            all.add(new FittedTable.Column(header, rank, true, () -> cells(cell)));
        }

        private List<String> cells(Function<T, String> cell) {
            return rows.parallelStream().map(cell).toList();
        }
    }

    private static <T> void both(Columns<T> shown, Columns<T> raw, String header, int rank, Function<T, String> cell) {
        shown.number(header, rank, cell);
        raw.number(header, 0, cell);
    }

    private static <T> void settings(
            Columns<T> shown, Columns<T> raw, List<String> keys, Function<T, Map<String, String>> settings) {
        Set<String> others = shown.headers();
        Set<String> rawOthers = raw.headers();
        for (String key : keys) {
            shown.text(
                    shortest(key, keys, others),
                    2,
                    row -> Printable.line(settings.apply(row).getOrDefault(key, "")));
            raw.text(
                    key.equals("name") ? "experiment" : apart(key, rawOthers),
                    0,
                    row -> settings.apply(row).getOrDefault(key, ""));
        }
    }

    /** As few of a key's last parts as tell it from all others, and from other columns. */
    private static String shortest(String key, List<String> all, Set<String> others) {
        if (key.equals("name")) {
            return "experiment";
        }
        for (int dot = key.lastIndexOf('.'); dot >= 0; dot = key.lastIndexOf('.', dot - 1)) {
            String end = key.substring(dot);
            if (all.stream().filter(other -> other.endsWith(end)).count() == 1 && !others.contains(end.substring(1))) {
                return end.substring(1);
            }
        }
        return apart(key, others);
    }

    /** {@code loss} is a score, and a setting. */
    private static String apart(String key, Set<String> others) {
        return others.contains(key) ? key + " (setting)" : key;
    }

    private static int rank(Metric metric) {
        return metric == Metric.ACCURACY || metric == Metric.R2 ? 1 : metric == Metric.LOSS ? 4 : 10;
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static Double mean(Summary summary) {
        return summary == null ? null : (Double) summary.mean();
    }

    private static Double end(Summary summary, int which) {
        return summary == null || summary.ci95() == null ? null : summary.ci95().get(which);
    }

    static String figure(Metric metric, Double value) {
        return value == null ? "" : metric == Metric.ACCURACY ? rounded(100 * value, 2) + " %" : rounded(value, 4);
    }

    /** As {@link String#format} does it, which for thousands of cells takes a tenth of a second. */
    private static String rounded(double value, int places) {
        return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP).toPlainString();
    }

    private static String interval(Metric metric, Summary summary) {
        return end(summary, 0) == null
                ? ""
                : figure(metric, end(summary, 0)).replace(" %", "") + " to " + figure(metric, end(summary, 1));
    }

    /** A time that was taken, in the unit that suits. */
    static String time(Double seconds) {
        if (seconds == null) {
            return "";
        }
        return seconds < 120
                ? rounded(seconds, 1) + " s"
                : seconds < 7200 ? rounded(seconds / 60, 1) + " min" : rounded(seconds / 3600, 1) + " h";
    }

    /** An age in whole units, as {@code --where} has them. */
    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        return seconds < 120
                ? seconds + " s"
                : seconds < 7200
                        ? seconds / 60 + " min"
                        : seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
}
