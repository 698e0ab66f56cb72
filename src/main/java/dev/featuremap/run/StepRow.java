package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import dev.featuremap.RegularFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A row of {@code steps.csv}: one step of the training.
 *
 * @param step batches trained since the start, this one among them
 * @param loss of the step's batch before the step, regularisation included
 * @param learningRate the output layer was stepped with; null where its updater has none
 */
public record StepRow(long step, double loss, Double learningRate) {
    static final String HEADER = "step,loss,learning_rate";

    /** The most rows that a file has. */
    public static final int MOST = 20_000;

    private static final int MOST_BYTES = 4 << 20;

    public StepRow {
        if (step < 1 || !Double.isFinite(loss) || (learningRate != null && !Double.isFinite(learningRate))) {
            throw new IllegalArgumentException("step " + step + " of loss " + loss + " at " + learningRate);
        }
    }

    /**
     * Which steps have a row once so many are trained: the multiples of this number, the least power of two with which the rows are
     * no more than {@link #MOST}. It follows from the step alone, so a run that was resumed has the rows of one that was not.
     */
    static long every(long trained) {
        long every = 1;
        while (trained / every > MOST) {
            every *= 2;
        }
        return every;
    }

    /** The row as it stands in the file, figures in the shortest text that gives them back. */
    String line() {
        return step + "," + loss + "," + (learningRate == null ? "" : learningRate) + "\n";
    }

    /**
     * All rows of a file; one that is just being written, at its end, is none yet.
     *
     * @throws dev.featuremap.Failure (model) naming the file and the line that is no row, or does not follow on those before
     */
    static List<StepRow> read(Path file) {
        List<String> lines = lines(file);
        List<StepRow> rows = rows(lines);
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw RunDirectory.unreadable(file, "its first line is not " + HEADER, null);
        }
        if (rows.size() < lines.size() - 1) {
            throw RunDirectory.unreadable(file, "line " + (rows.size() + 2) + " is not a row of steps", null);
        }
        return rows;
    }

    /** The rows of a file until the first line that is none, which a power cut may have left; no row of a later step. */
    static List<StepRow> readUntil(Path file, long step) {
        return rows(lines(file)).stream().filter(row -> row.step <= step).toList();
    }

    /**
     * The rows of later steps than one that is known, read from the file's end, so that whoever watches reads what is new.
     *
     * @throws dev.featuremap.Failure (model) naming the file when one of them is no row
     */
    static List<StepRow> readAfter(Path file, long step) {
        List<StepRow> rows = new ArrayList<>();
        String text = text(file);
        int end = text.length() - 1;
        for (int start = text.lastIndexOf('\n', end - 1); start > 0; start = text.lastIndexOf('\n', end - 1)) {
            String line = text.substring(start + 1, end);
            StepRow row = parsed(line)
                    .orElseThrow(() -> RunDirectory.unreadable(file, "'" + line + "' is not a row of steps", null));
            if (row.step <= step) {
                break;
            }
            rows.add(row);
            end = start;
        }
        Collections.reverse(rows);
        return rows;
    }

    private static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    /** All lines that are whole. */
    private static String text(Path file) {
        try {
            String text = new String(RegularFiles.read(file, MOST_BYTES), StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            throw RunDirectory.unreadable(file, AtomicFiles.reason(e), e);
        }
    }

    /** The rows below the header, until the first line that is none. */
    private static List<StepRow> rows(List<String> lines) {
        List<StepRow> rows = new ArrayList<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            Optional<StepRow> row = parsed(line);
            boolean follows = row.isPresent() && (rows.isEmpty() || row.get().step > rows.get(rows.size() - 1).step);
            if (!follows || rows.size() == MOST) {
                return rows;
            }
            rows.add(row.get());
        }
        return rows;
    }

    private static Optional<StepRow> parsed(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 3) {
            return Optional.empty();
        }
        try {
            Double rate = cells[2].isEmpty() ? null : Double.valueOf(cells[2]);
            return Optional.of(new StepRow(Long.parseLong(cells[0]), Double.parseDouble(cells[1]), rate));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
