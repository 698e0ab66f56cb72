package dev.featuremap.cli;

import dev.featuremap.Printable;
import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Split;
import dev.featuremap.page.FittedTable;
import dev.featuremap.report.Confusion;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Results as people read them. */
final class RunText {
    /** So many classes' confusion matrix can still be read as text. */
    private static final int MOST_COLUMNS = 12;

    private static final int LEAST_CELL = 5;
    /** What stands between a class's name and its row of the matrix. */
    private static final int BESIDE_CONFUSION = "  examples  precision  recall      F1   predicted:".length();

    private RunText() {}

    static void print(Terminal terminal, RunResult result, Optional<String> hint) {
        terminal.print(
                "%n%s: %s after %d %s, %d steps; %.1f s of training, %.0f examples/s (engine %s)%n",
                result.name(),
                result.status().word(),
                result.epochs(),
                result.epochs() == 1 ? "epoch" : "epochs",
                result.steps(),
                result.training().seconds(),
                result.training().examplesPerSecond(),
                result.training().engine());
        if (result.bestEpoch() != null) {
            terminal.print("model.zip holds epoch %d, the best on the validation split%n", result.bestEpoch());
        }
        if (result.scoredSplit() != Split.VALIDATION && result.validation() != null) {
            line(terminal, result.validation(), Split.VALIDATION, "");
        }
        print(terminal, result.scores(), result.scoredSplit(), "");
        hint.ifPresent(line -> terminal.print("hint: %s%n", line));
        terminal.print("run directory: %s%n", result.runDir());
    }

    /**
     * The figures on a split, and those of each class.
     *
     * @param ofWhat data the split is, with a space before it; empty where that is plain
     */
    static void print(Terminal terminal, Scores scores, Split split, String ofWhat) {
        line(terminal, scores, split, ofWhat);
        if (scores.classes() != null) {
            classTable(terminal, scores);
        }
    }

    /** That labels are replaced at random, where they are. */
    static Optional<String> labelNoise(DataSpec data) {
        return data.labelNoise() == 0
                ? Optional.empty()
                : Optional.of("data.labelNoise " + data.labelNoise()
                        + ": each training label is with that probability replaced by another class, those held out for"
                        + " validation included; the test labels stay");
    }

    private static void line(Terminal terminal, Scores scores, Split split, String ofWhat) {
        terminal.print("%s on %d %s examples%s%n", line(scores), scores.examples(), split.word(), ofWhat);
    }

    /** The figures of one split in one line. */
    static String line(Scores scores) {
        return String.format(
                Locale.ROOT,
                "%s  loss %.4f  mse %.4f  mae %.4f",
                quality(scores),
                scores.loss(),
                scores.mse(),
                scores.mae());
    }

    private static String quality(Scores scores) {
        if (scores.accuracy() != null) {
            return String.format(Locale.ROOT, "accuracy %.2f %%", 100 * scores.accuracy());
        }
        return scores.whyNoR2()
                .map(reason -> "R² none (" + reason + ")")
                .orElseGet(() -> String.format(Locale.ROOT, "R² %.4f", scores.r2()));
    }

    /** Each class's scores with the confusion matrix beside them or, where that is too wide, the most frequent confusions below. */
    private static void classTable(Terminal terminal, Scores scores) {
        List<Scores.ClassScores> classes = scores.classes();
        int name = classes.stream().mapToInt(c -> c.name().length()).max().orElse(0);
        int cell = Math.max(
                Math.max(LEAST_CELL, name), Long.toString(scores.examples()).length());
        if (classes.size() <= MOST_COLUMNS
                && BESIDE_CONFUSION + Math.max(LEAST_CELL, name) + classes.size() * (cell + 1)
                        <= terminal.screen().columns()) {
            withConfusion(terminal, scores, Math.max(LEAST_CELL, name), cell);
        } else {
            withoutConfusion(terminal, scores);
        }
    }

    private static void withConfusion(Terminal terminal, Scores scores, int width, int cell) {
        List<Scores.ClassScores> classes = scores.classes();
        terminal.print("%n%" + width + "s  examples  precision  recall      F1   predicted:", "class");
        classes.forEach(column -> terminal.print(" %" + cell + "s", column.name()));
        terminal.print("%n");
        for (int i = 0; i < classes.size(); i++) {
            Scores.ClassScores row = classes.get(i);
            terminal.print(
                    "%" + width + "s  %8d  %9.4f  %6.4f  %6.4f             ",
                    row.name(),
                    row.examples(),
                    row.precision(),
                    row.recall(),
                    row.f1());
            scores.confusion().get(i).forEach(count -> terminal.print(" %" + cell + "d", count));
            terminal.print("%n");
        }
        terminal.print("%n");
    }

    private static void withoutConfusion(Terminal terminal, Scores scores) {
        List<Scores.ClassScores> classes = scores.classes();
        columns(
                terminal,
                column("class", 0, false, classes, one -> Printable.line(one.name())),
                column("examples", 3, true, classes, one -> Long.toString(one.examples())),
                column("precision", 2, true, classes, one -> share(one.precision())),
                column("recall", 2, true, classes, one -> share(one.recall())),
                column("F1", 1, true, classes, one -> share(one.f1())));
        List<Confusion.Pair> pairs = Confusion.of(scores).mostFrequent();
        if (!pairs.isEmpty()) {
            terminal.print("%nmost frequent confusions");
            columns(
                    terminal,
                    column("class", 0, false, pairs, pair -> Printable.line(pair.actual())),
                    column("taken for", 0, false, pairs, pair -> Printable.line(pair.predicted())),
                    column("examples", 1, true, pairs, pair -> Integer.toString(pair.count())),
                    column(
                            "of the class",
                            2,
                            true,
                            pairs,
                            pair -> String.format(Locale.ROOT, "%.2f %%", 100 * pair.share())));
        }
        terminal.print("%n");
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static <T> FittedTable.Column column(
            String header, int rank, boolean isOfNumbers, List<T> rows, Function<T, String> cell) {
        return new FittedTable.Column(
                header, rank, isOfNumbers, () -> rows.stream().map(cell).toList());
    }

    private static void columns(Terminal terminal, FittedTable.Column... columns) {
        terminal.print(
                "%n%s", new FittedTable(List.of(columns), terminal.screen().columns()).text());
    }
}
