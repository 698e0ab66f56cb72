package dev.featuremap.cli;

import dev.featuremap.page.Block;
import dev.featuremap.page.TextForm;
import dev.featuremap.run.TuningResult;
import dev.featuremap.run.TuningResult.Candidate;
import dev.featuremap.run.TuningResult.Importance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A search's result as people read it. */
final class TuningText {
    private static final int SHOWN = 10;

    private final TuningResult result;
    private final List<String> keys;

    TuningText(TuningResult result) {
        this.result = result;
        this.keys = result.spaces().stream().map(TuningResult.Space::key).toList();
    }

    void print(Terminal terminal) {
        List<Candidate> ranked = result.ranked();
        terminal.print(
                "%n%s: %d candidates (%s), the best by %s on validation data%n%n",
                result.name(), result.candidates().size(), result.generator(), result.metric());
        table(terminal, ranked.subList(0, Math.min(SHOWN, ranked.size())));
        others(terminal, ranked.size());
        if (!result.importance().isEmpty()) {
            terminal.print(
                    "%nshare of the differences each accounts for by itself: %s%n",
                    result.importance().stream()
                            .sorted(Comparator.comparingDouble(Importance::share)
                                    .reversed())
                            .map(one ->
                                    String.format(Locale.ROOT, "%s %.0f %%", shortKey(one.key()), 100 * one.share()))
                            .collect(Collectors.joining(", ")));
        }
        terminal.print(
                "%ncandidate %d, trained on all training data: %s on %d test examples%nits experiment: %s%n",
                result.best().index(),
                RunText.line(result.best().test()),
                result.best().test().examples(),
                result.bestFile());
    }

    private void table(Terminal terminal, List<Candidate> rows) {
        List<String> header = new ArrayList<>(List.of("candidate", result.metric()));
        keys.forEach(key -> header.add(shortKey(key)));
        List<List<String>> cells = new ArrayList<>();
        for (Candidate row : rows) {
            List<String> line =
                    new ArrayList<>(List.of(Integer.toString(row.index()), score(result.metric(), row.score())));
            keys.forEach(key -> line.add(value(row.parameters().get(key))));
            cells.add(line);
        }
        terminal.print("%s", TextForm.of(new Block.Table("", header, cells), terminal.screen()));
    }

    private void others(Terminal terminal, int counted) {
        List<Candidate> failed = result.candidates().stream()
                .filter(candidate -> candidate.cause() != null)
                .toList();
        int abandoned = result.candidates().size() - counted - failed.size();
        if (abandoned > 0) {
            terminal.print("%d were abandoned, behind the median of earlier ones%n", abandoned);
        }
        for (Candidate candidate : failed) {
            terminal.print(
                    "candidate %d %s: %s%n",
                    candidate.index(), candidate.status().word(), candidate.cause());
        }
    }

    static String score(String metric, double score) {
        return metric.equals("accuracy")
                ? String.format(Locale.ROOT, "%.2f %%", 100 * score)
                : String.format(Locale.ROOT, "%.5f", score);
    }

    private static String value(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.4g", number);
        }
        return value == null ? "–" : value.toString();
    }

    /** The last steps of a key that tell it from all others, such as {@code layers[0].filters}. */
    private String shortKey(String key) {
        for (int dot = key.lastIndexOf('.'); dot >= 0; dot = key.lastIndexOf('.', dot - 1)) {
            String end = key.substring(dot);
            boolean telling = !end.equals(".optional") && !end.equals(".repeat");
            if (telling
                    && keys.stream()
                                    .filter(other -> ("." + other).endsWith(end))
                                    .count()
                            == 1) {
                return end.substring(1);
            }
        }
        return key;
    }
}
