package dev.featuremap.cli;

import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Summary;
import dev.featuremap.run.RunOutcome;
import java.util.List;
import java.util.Locale;

/** A comparison's result as people read it. */
final class ComparisonText {
    private static final String CELL = " %25s";

    private final ComparisonResult result;
    private final List<String> metrics;
    private final String ranking;
    private final int width;

    ComparisonText(ComparisonResult result) {
        this.result = result;
        this.metrics = result.members().stream()
                .flatMap(member -> member.summary().keySet().stream())
                .distinct()
                .toList();
        this.ranking = result.ranking();
        this.width = result.members().stream()
                .mapToInt(member -> member.name().length())
                .reduce("member".length(), Math::max);
    }

    void print(Terminal terminal) {
        terminal.print(
                "%n%s, on %s: mean and its 95 %% interval over the runs%n%n%-" + width + "s  runs",
                result.name(),
                result.question().folds() == null ? "the test data" : "the held-out folds",
                "member");
        metrics.forEach(metric -> terminal.print(CELL, title(metric)));
        terminal.print("%n");
        for (Member member : result.members()) {
            row(terminal, member);
        }
        differences(terminal);
        if (result.members().size() > 2) {
            matrix(terminal);
        }
        terminal.print("%n%s%n%n%s%n", result.verdict(), result.conclusion());
    }

    private void row(Terminal terminal, Member member) {
        long ended = member.runs().stream().filter(RunOutcome::hasScores).count();
        terminal.print("%-" + width + "s  %4d", member.name(), ended);
        for (String metric : metrics) {
            Summary summary = member.summary().get(metric);
            terminal.print(CELL, summary == null ? "–" : meanAndInterval(metric, summary));
        }
        terminal.print("%n");
        for (RunOutcome run : member.runs()) {
            if (!run.hasScores()) {
                terminal.print("    seed %d %s: %s%n", run.seed(), run.status().word(), run.cause());
            }
        }
    }

    private void differences(Terminal terminal) {
        String first = result.members().get(0).name();
        List<Difference> ranked = result.differences().stream()
                .filter(difference -> difference.metric().equals(ranking)
                        && difference.against().equals(first))
                .toList();
        if (ranked.isEmpty()) {
            return;
        }
        terminal.print(
                "%nagainst %s, run by run of the same seed: difference in %s, its 95 %% interval, effect size d_z%n%n",
                first, title(ranking));
        for (Difference difference : ranked) {
            terminal.print(
                    "%-" + width + "s  %s  %s  %5s  %s%n",
                    difference.member(),
                    signed(difference.mean()),
                    difference.ci95() == null
                            ? "(no interval)"
                            : "[" + signed(difference.ci95().get(0)) + ", "
                                    + signed(difference.ci95().get(1)) + "]",
                    difference.effectSize() == null
                            ? "–"
                            : String.format(Locale.ROOT, "%+.2f", difference.effectSize()),
                    difference.holdsAlone()
                            ? "may differ, by itself alone"
                            : difference.verdict().word());
        }
    }

    /** All pairs: a row for each member, a mark for each one it is held against, in the members' order. */
    private void matrix(Terminal terminal) {
        List<Member> members = result.members();
        terminal.print(
                "%nall pairs, columns in the order of the rows: + the row is better, - worse, = equal, ? may differ, . open%n%n");
        for (Member row : members) {
            terminal.print("%-" + width + "s ", row.name());
            members.forEach(column -> terminal.print(" %s", mark(row, column)));
            terminal.print("%n");
        }
    }

    private String mark(Member row, Member column) {
        return result.difference(row.name(), column.name(), ranking)
                .map(difference -> switch (difference.verdict()) {
                    case BETTER -> "+";
                    case WORSE -> "-";
                    case EQUAL -> "=";
                    case OPEN -> difference.holdsAlone() ? "?" : ".";
                })
                .orElse(" ");
    }

    private String signed(double value) {
        return String.format(Locale.ROOT, isShare(ranking) ? "%+6.2f" : "%+8.4f", scaled(ranking, value));
    }

    private static String meanAndInterval(String metric, Summary summary) {
        String digits = isShare(metric) ? "%.2f" : "%.4f";
        String mean = String.format(Locale.ROOT, digits, scaled(metric, summary.mean()));
        return summary.ci95() == null
                ? mean
                : mean
                        + String.format(
                                Locale.ROOT,
                                " [" + digits + ", " + digits + "]",
                                scaled(metric, summary.ci95().get(0)),
                                scaled(metric, summary.ci95().get(1)));
    }

    private static double scaled(String metric, double value) {
        return isShare(metric) ? 100 * value : value;
    }

    private static boolean isShare(String metric) {
        return metric.equals("accuracy");
    }

    private static String title(String metric) {
        return switch (metric) {
            case "accuracy" -> "accuracy (%)";
            case "r2" -> "R²";
            default -> metric;
        };
    }
}
