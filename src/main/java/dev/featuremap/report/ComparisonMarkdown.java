package dev.featuremap.report;

import dev.featuremap.Printable;
import dev.featuremap.page.Diagram;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code comparison.md}: what a comparison's report says, as GitHub's Markdown, to paste into a pull request or a paper. */
final class ComparisonMarkdown {
    private ComparisonMarkdown() {}

    static String of(ComparisonView view, List<Diagram> charts) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + text(view.comparison().name()));
        lines.add("");
        lines.add("**" + text(view.comparison().verdict()) + "**");
        lines.add("");
        table(
                lines,
                Stream.of(List.of("member", "runs"), view.titles())
                        .flatMap(List::stream)
                        .toList(),
                view.members().stream()
                        .map(row -> Stream.concat(
                                        Stream.of(row.member().name(), runs(row)),
                                        row.figures().stream().map(ComparisonMarkdown::figure))
                                .toList())
                        .toList());
        lines.add("");
        lines.add("Mean ± standard deviation [95 % interval of the mean] over the runs, on " + view.scoredOn() + ".");
        if (!view.pairs().isEmpty()) {
            lines.add("");
            table(
                    lines,
                    List.of(
                            "pair, in " + view.unit(),
                            "difference",
                            "95 % interval",
                            "p, adjusted for all questions",
                            "the first is"),
                    view.pairs().stream()
                            .map(pair -> List.of(
                                    pair.pair(), pair.difference(), pair.interval(), pair.pAdjusted(), pair.mark()))
                            .toList());
            lines.add("");
            lines.add("▲ better, ▼ worse, = equal within the margin: each at 5 % over all questions together;"
                    + " △ and ▽: only this pair by itself; ○ open.");
        }
        lines.add("");
        lines.add(text(view.comparison().conclusion()));
        lines.add("");
        charts.forEach(chart -> lines.add("![" + text(chart.drawing().title()) + "](charts/" + chart.id() + ".svg)"));
        return String.join("\n", lines) + "\n";
    }

    private static String runs(ComparisonView.MemberRow row) {
        long done =
                row.runs().stream().filter(run -> run.status().equals("done")).count();
        return done == row.runs().size()
                ? String.valueOf(done)
                : done + " of " + row.runs().size();
    }

    private static String figure(ComparisonView.FigureCell cell) {
        return cell.mean() + (cell.interval() == null ? "" : " [" + cell.interval() + "]");
    }

    private static void table(List<String> lines, List<String> header, List<List<String>> rows) {
        lines.add(row(header));
        lines.add("|" + " --- |".repeat(header.size()));
        rows.forEach(row -> lines.add(row(row)));
    }

    private static String row(List<String> cells) {
        return "| "
                + String.join(
                        " | ", cells.stream().map(ComparisonMarkdown::text).toList()) + " |";
    }

    /** A text in which nothing is markup. */
    private static String text(String plain) {
        return Printable.line(plain).replaceAll("([\\\\`*_\\[\\]<>|#&~])", "\\\\$1");
    }
}
