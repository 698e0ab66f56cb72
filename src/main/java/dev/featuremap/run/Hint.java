package dev.featuremap.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What to try after a training that went nowhere, in one line told from what the run left. */
public final class Hint {
    private static final String OTHERWISE =
            "try more training.epochs, another training.updater.learningRate (often a lower one)";

    private Hint() {}

    /**
     * The line; empty where the network has learned something.
     *
     * @param rows the metrics of all epochs
     */
    public static Optional<String> of(RunResult result, List<MetricsRow> rows) {
        if (result.scores() == null) {
            return Optional.empty();
        }
        return fromScores(result.scores()).or(() -> fromLoss(result, rows));
    }

    private static Optional<String> fromScores(Scores scores) {
        if (scores.accuracy() == null) {
            return scores.r2() != null && scores.r2() <= 0
                    ? Optional.of("it predicts no better than the labels' mean would (R² is not above 0): " + OTHERWISE
                            + ", or another loss")
                    : Optional.empty();
        }
        List<Integer> named = IntStream.range(0, scores.classes().size())
                .filter(k -> scores.confusion().stream().anyMatch(row -> row.get(k) > 0))
                .boxed()
                .toList();
        boolean ofOneClass = scores.classes().stream().anyMatch(one -> one.examples() == scores.examples());
        if (named.size() == 1 && !ofOneClass) {
            return Optional.of("it names every example "
                    + scores.classes().get(named.get(0)).name() + ": " + OTHERWISE
                    + ", or another loss or activation (docs/losses.md)");
        }
        double most = (double) scores.classes().stream()
                        .mapToLong(Scores.ClassScores::examples)
                        .max()
                        .orElseThrow()
                / scores.examples();
        // Of so many examples, by chance: the standard error of that share.
        double chance = most + Math.sqrt(most * (1 - most) / scores.examples());
        return !ofOneClass && scores.accuracy() <= chance
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "naming the most frequent class every time would be right at least as often (%.2f %%): %s, or"
                                + " a look whether labels belong to their pictures (featuremap data show)",
                        100 * most,
                        OTHERWISE))
                : Optional.empty();
    }

    /** Of the epoch the model is of, against the first. */
    private static Optional<String> fromLoss(RunResult result, List<MetricsRow> rows) {
        int epoch = result.bestEpoch() == null ? result.epochs() : result.bestEpoch();
        Optional<MetricsRow> first = row(rows, 1);
        Optional<MetricsRow> last = row(rows, epoch);
        if (result.epochs() < 2 || first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        boolean isRight = last.get().accuracy() != null
                && last.get().accuracy() >= first.get().accuracy();
        return last.get().loss() < first.get().loss() || isRight
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the training loss did not fall after the first epoch (%.4f, at the end %.4f): try a lower"
                                + " training.updater.learningRate",
                        first.get().loss(),
                        last.get().loss()));
    }

    private static Optional<MetricsRow> row(List<MetricsRow> rows, int epoch) {
        return rows.stream()
                .filter(row -> row.isTrain() && row.epoch() == epoch)
                .findFirst();
    }
}
