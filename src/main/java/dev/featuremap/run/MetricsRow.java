package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.experiment.Split;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        Double examplesPerSecond) {
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

    /**
     * One of the figures; null where it makes no sense for the kind of label.
     *
     * @param metric any but r2, which is not among them
     */
    public Double value(Metric metric) {
        return switch (metric) {
            case LOSS -> Double.valueOf(loss);
            case ACCURACY -> accuracy;
            case MSE -> Double.valueOf(mse);
            case MAE -> Double.valueOf(mae);
            case R2 -> throw new IllegalArgumentException("metrics hold no r2");
        };
    }

    /**
     * All rows of a file in its order.
     *
     * @throws dev.featuremap.Failure (usage) naming the file and the row that cannot be read
     */
    static List<MetricsRow> read(Path file) {
        List<String[]> lines;
        try {
            lines = Csv.read(file);
        } catch (IOException e) {
            throw RunDirectory.unreadable(file, AtomicFiles.reason(e), e);
        }
        List<String> columns = List.of(MetricsLog.HEADER.split(","));
        if (lines.isEmpty() || !Arrays.asList(lines.get(0)).equals(columns)) {
            throw RunDirectory.unreadable(file, "its first line is not " + MetricsLog.HEADER, null);
        }
        List<MetricsRow> rows = new ArrayList<>(lines.size());
        for (int i = 1; i < lines.size(); i++) {
            try {
                rows.add(of(lines.get(i)));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw RunDirectory.unreadable(file, "line " + (i + 1) + " is not a row of metrics", e);
            }
        }
        return rows;
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
