package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.experiment.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code metrics.csv}: a row per epoch and split, and one of the test split at the end where it was not watched; the whole file written anew (atomically) at each epoch's end. */
public final class MetricsLog {
    private final Path file;
    private final List<MetricsRow> rows = new ArrayList<>();

    MetricsLog(Path file) {
        this.file = file;
    }

    /** What was logged until now. */
    public List<MetricsRow> rows() {
        return List.copyOf(rows);
    }

    /** Goes back to earlier rows, those that came after them removed. */
    void restore(List<MetricsRow> earlier) {
        rows.clear();
        rows.addAll(earlier);
        if (!rows.isEmpty()) {
            write();
            return;
        }
        try {
            DirectoryLock.check(file);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(file, e);
        }
    }

    /**
     * Adds the rows of one epoch and writes the file.
     *
     * @param epoch counted from 1
     * @param step batches trained since the start
     * @param seconds of training in this epoch, evaluation left out
     * @param examplesPerSecond trained in this epoch
     */
    public void addEpoch(int epoch, long step, EpochScores scores, double seconds, double examplesPerSecond) {
        rows.add(MetricsRow.of(epoch, step, Split.TRAIN, scores.train(), seconds, examplesPerSecond));
        rows.add(MetricsRow.of(epoch, step, scores.split(), scores.watched(), null, null));
        write();
    }

    /**
     * Adds the one row of test data that were not watched, and writes the file.
     *
     * @param epoch that {@code model.zip} holds
     * @param step its last
     */
    public void addTest(int epoch, long step, Scores test) {
        rows.add(MetricsRow.of(epoch, step, Split.TEST, test, null, null));
        write();
    }

    private void write() {
        DirectoryLock.write(file, out -> Csv.write(out, MetricsRow.cells(rows)));
    }
}
