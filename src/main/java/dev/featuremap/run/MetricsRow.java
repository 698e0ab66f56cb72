package dev.featuremap.run;

import dev.featuremap.experiment.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A row of {@code metrics.csv}: how well the network did on one split at the end of one epoch.
 *
 * @param epoch counted from 1
 * @param step batches trained since the start
 * @param split whose examples were scored
 * @param loss mean over the examples
 * @param accuracy share of right answers, 0..1; null for values
 * @param mse mean of (label − output)²
 * @param mae mean of |label − output|
 * @param seconds of training in this epoch; null for the other splits
 * @param examplesPerSecond trained in this epoch; null for the other splits
 */
public record MetricsRow(
        int epoch,
        long step,
        Split split,
        double loss,
        Double accuracy,
        double mse,
        double mae,
        Double seconds,
        Double examplesPerSecond)
        implements Figures {
    private static final List<String> HEADER =
            List.of("epoch", "step", "split", "loss", "accuracy", "mse", "mae", "seconds", "examples_per_second");

    public MetricsRow {
        boolean isTimed = seconds != null;
        if (isTimed != (examplesPerSecond != null) || (isTimed && !(seconds >= 0 && examplesPerSecond >= 0))) {
            throw new IllegalArgumentException(seconds + " s with " + examplesPerSecond + " examples per second");
        }
        if (accuracy != null && !(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException("an accuracy of " + accuracy);
        }
    }

    public boolean isTrain() {
        return split == Split.TRAIN;
    }

    /** The rows of the split that a run watched as it went: validation, or where nothing was held out test. */
    public static List<MetricsRow> watched(List<MetricsRow> rows) {
        Split watched = watchedSplit(rows);
        return rows.stream().filter(row -> row.split == watched).toList();
    }

    /** The split that a run watched as it went. */
    public static Split watchedSplit(List<MetricsRow> rows) {
        return rows.stream().anyMatch(row -> row.split == Split.VALIDATION) ? Split.VALIDATION : Split.TEST;
    }

    /** Not among them. */
    @Override
    public Double r2() {
        return null;
    }

    /**
     * The row of a split.
     *
     * @param seconds of training in this epoch, and {@code examplesPerSecond} trained in it; null for splits but training
     */
    static MetricsRow of(int epoch, long step, Split split, Scores scores, Double seconds, Double examplesPerSecond) {
        return new MetricsRow(
                epoch,
                step,
                split,
                scores.loss(),
                scores.accuracy(),
                scores.mse(),
                scores.mae(),
                seconds,
                examplesPerSecond);
    }

    /** All rows as they stand in a file, with the header. */
    static List<String[]> cells(List<MetricsRow> rows) {
        return Stream.concat(
                        Stream.<String[]>of(HEADER.toArray(String[]::new)),
                        rows.stream().map(MetricsRow::cells))
                .toList();
    }

    /** Figures in the shortest text that gives them back. */
    private String[] cells() {
        return new String[] {
            Integer.toString(epoch),
            Long.toString(step),
            split.word(),
            Double.toString(loss),
            accuracy == null ? "" : Double.toString(accuracy),
            Double.toString(mse),
            Double.toString(mae),
            seconds == null ? "" : String.format(Locale.ROOT, "%.3f", seconds),
            examplesPerSecond == null ? "" : String.format(Locale.ROOT, "%.1f", examplesPerSecond)
        };
    }

    /**
     * All rows of a file in its order.
     *
     * @throws dev.featuremap.Failure (model) naming the file and the row that cannot be read or does not follow
     */
    static List<MetricsRow> read(Path file) {
        List<String[]> lines = Csv.read(file);
        if (lines.isEmpty() || !Arrays.asList(lines.get(0)).equals(HEADER)) {
            throw RunDirectory.unreadable(file, "its first line is not " + String.join(",", HEADER), null);
        }
        List<MetricsRow> rows = new ArrayList<>(lines.size());
        for (int i = 1; i < lines.size(); i++) {
            try {
                rows.add(of(lines.get(i)));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw RunDirectory.unreadable(file, "line " + (i + 1) + " is not a row of metrics", e);
            }
            if (!follows(rows)) {
                throw RunDirectory.unreadable(
                        file,
                        "line " + (i + 1) + " tells of epoch " + lastOf(rows).epoch + ", step " + lastOf(rows).step
                                + ", split " + lastOf(rows).split.word()
                                + ", which does not follow on the lines before",
                        null);
            }
        }
        return rows;
    }

    /**
     * Whether the last row may stand behind those before it: each epoch has as many steps and two rows, of the training split
     * and of the one that is watched; test data that were not have one row at the end.
     */
    private static boolean follows(List<MetricsRow> rows) {
        MetricsRow first = rows.get(0);
        MetricsRow last = lastOf(rows);
        boolean finite = Double.isFinite(last.loss) && Double.isFinite(last.mse) && Double.isFinite(last.mae);
        boolean alike = last.step == first.step * last.epoch
                && (last.accuracy == null) == (first.accuracy == null)
                && last.isTrain() == (last.seconds != null);
        int place = rows.size() - 1;
        boolean isOfEpoch = last.epoch == place / 2 + 1
                && (place % 2 == 0
                        ? last.isTrain()
                        : rows.get(place - 1).isTrain() && !last.isTrain() && last.split == rows.get(1).split);
        boolean isTest = place > 0
                && place % 2 == 0
                && last.split == Split.TEST
                && rows.get(1).split != Split.TEST
                && last.epoch >= 1
                && last.epoch <= place / 2;
        return first.step > 0 && finite && alike && (isOfEpoch || isTest);
    }

    private static MetricsRow lastOf(List<MetricsRow> rows) {
        return rows.get(rows.size() - 1);
    }

    private static MetricsRow of(String[] cells) {
        return new MetricsRow(
                Integer.parseInt(cells[0]),
                Long.parseLong(cells[1]),
                Split.of(cells[2]),
                Double.parseDouble(cells[3]),
                optional(cells[4]),
                Double.parseDouble(cells[5]),
                Double.parseDouble(cells[6]),
                optional(cells[7]),
                optional(cells[8]));
    }

    private static Double optional(String cell) {
        return cell.isEmpty() ? null : Double.valueOf(cell);
    }
}
