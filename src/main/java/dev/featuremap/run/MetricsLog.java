package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.experiment.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code metrics.csv}: a row per epoch and split, and one of the test split at the end where it was not watched; the whole file written anew (atomically) at each epoch's end. */
public final class MetricsLog {
    /** The columns; {@code accuracy} is empty for values, {@code examples_per_second} is of training only. */
    public static final String HEADER = "epoch,step,split,loss,accuracy,mse,mae,seconds,examples_per_second";

    private final Path file;
    private final List<String> rows = new ArrayList<>();

    MetricsLog(Path file) {
        this.file = file;
    }

    /** The file's content; empty before the first epoch's end. */
    public String content() {
        return rows.isEmpty() ? "" : HEADER + "\n" + String.join("\n", rows) + "\n";
    }

    /** Goes back to an earlier content, rows that came after it removed. */
    void restore(String content) {
        rows.clear();
        content.lines().skip(1).forEach(rows::add);
        if (!rows.isEmpty()) {
            DirectoryLock.write(file, content());
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
        rows.add(row(epoch, step, Split.TRAIN, scores.train(), decimal(seconds, 3), decimal(examplesPerSecond, 1)));
        rows.add(row(epoch, step, scores.split(), scores.watched(), "", ""));
        DirectoryLock.write(file, content());
    }

    /**
     * Adds the one row of test data that were not watched, and writes the file.
     *
     * @param epoch that {@code model.zip} holds
     * @param step its last
     */
    public void addTest(int epoch, long step, Scores test) {
        rows.add(row(epoch, step, Split.TEST, test, "", ""));
        DirectoryLock.write(file, content());
    }

    private static String row(int epoch, long step, Split split, Scores scores, String seconds, String speed) {
        return String.join(
                ",",
                Integer.toString(epoch),
                Long.toString(step),
                split.word(),
                number(scores.loss()),
                scores.accuracy() == null ? "" : number(scores.accuracy()),
                number(scores.mse()),
                number(scores.mae()),
                seconds,
                speed);
    }

    /** The shortest text that gives the number back. */
    private static String number(double value) {
        return Double.toString(value);
    }

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
