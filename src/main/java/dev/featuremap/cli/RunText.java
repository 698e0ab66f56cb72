package dev.featuremap.cli;

import dev.featuremap.experiment.DataSpec;
import dev.featuremap.experiment.Split;
import dev.featuremap.run.RunResult;
import dev.featuremap.run.Scores;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Results as people read them. */
final class RunText {
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

    private static void classTable(Terminal terminal, Scores scores) {
        List<Scores.ClassScores> classes = scores.classes();
        int width = Math.max(
                5, classes.stream().mapToInt(c -> c.name().length()).max().orElse(0));
        int cell = Math.max(width, Long.toString(scores.examples()).length());
        boolean withConfusion = classes.size() <= 12;
        terminal.print("%n%" + width + "s  examples  precision  recall      F1", "class");
        if (withConfusion) {
            terminal.print("   predicted:");
            classes.forEach(column -> terminal.print(" %" + cell + "s", column.name()));
        }
        terminal.print("%n");
        for (int i = 0; i < classes.size(); i++) {
            Scores.ClassScores row = classes.get(i);
            terminal.print(
                    "%" + width + "s  %8d  %9.4f  %6.4f  %6.4f",
                    row.name(),
                    row.examples(),
                    row.precision(),
                    row.recall(),
                    row.f1());
            if (withConfusion) {
                terminal.print("             ");
                scores.confusion().get(i).forEach(count -> terminal.print(" %" + cell + "d", count));
            }
            terminal.print("%n");
        }
        terminal.print("%n");
    }
}
