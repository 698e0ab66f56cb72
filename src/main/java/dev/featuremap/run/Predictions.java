package dev.featuremap.run;

import dev.featuremap.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code predictions.csv}: what the trained network answered to every test example, in their own order.
 *
 * <p>Of classes, a row is {@code index,label,predicted} and one output per class under the class's name; of values, it is
 * {@code index,label,predicted}. Outputs are rounded to six decimals.
 *
 * @param classNames empty for values
 * @param labels each example's class number, or its value
 * @param outputs {@code [examples][classes]}, or {@code [examples][1]} for values
 */
@SuppressWarnings("ArrayRecordComponent")
public record Predictions(List<String> classNames, float[] labels, float[][] outputs) {
    private static final List<String> COLUMNS = List.of("index", "label", "predicted");

    public Predictions {
        if (labels.length != outputs.length) {
            throw new IllegalArgumentException(labels.length + " labels, but " + outputs.length + " outputs");
        }
        classNames = List.copyOf(classNames);
    }

    public boolean isOfClasses() {
        return !classNames.isEmpty();
    }

    /** Number of examples. */
    public int size() {
        return labels.length;
    }

    /** The class number with the largest output, the first of equals. */
    public int predictedClass(int example) {
        return largest(outputs[example]);
    }

    /** Where the largest of an example's outputs is, the first of equals: the class that is predicted. */
    public static int largest(float[] outputs) {
        int best = 0;
        for (int i = 1; i < outputs.length; i++) {
            best = outputs[i] > outputs[best] ? i : best;
        }
        return best;
    }

    /** The label's class number. */
    public int labelledClass(int example) {
        return (int) labels[example];
    }

    public boolean isRight(int example) {
        return predictedClass(example) == labelledClass(example);
    }

    void write(Path file) {
        DirectoryLock.write(file, out -> Csv.write(out, () -> rows()));
    }

    private Iterator<String[]> rows() {
        List<String> header = new ArrayList<>(COLUMNS);
        header.addAll(classNames);
        return Stream.concat(
                        Stream.<String[]>of(header.toArray(String[]::new)),
                        IntStream.range(0, size()).mapToObj(this::row))
                .iterator();
    }

    private String[] row(int example) {
        String[] cells = new String[COLUMNS.size() + classNames.size()];
        cells[0] = Integer.toString(example);
        if (!isOfClasses()) {
            cells[1] = Float.toString(labels[example]);
            cells[2] = rounded(outputs[example][0]);
            return cells;
        }
        cells[1] = classNames.get(labelledClass(example));
        cells[2] = classNames.get(predictedClass(example));
        for (int i = 0; i < classNames.size(); i++) {
            cells[COLUMNS.size() + i] = rounded(outputs[example][i]);
        }
        return cells;
    }

    private static String rounded(float value) {
        return Math.abs(value) < 1e6 ? Double.toString(Math.rint(value * 1e6) / 1e6) : Float.toString(value);
    }

    static Predictions read(Path file) {
        List<String[]> lines;
        try {
            lines = Csv.read(file);
        } catch (IOException e) {
            throw RunDirectory.unreadable(file, AtomicFiles.reason(e), e);
        }
        if (lines.isEmpty()
                || lines.get(0).length < COLUMNS.size()
                || !Arrays.asList(lines.get(0)).subList(0, COLUMNS.size()).equals(COLUMNS)) {
            throw RunDirectory.unreadable(
                    file, "its first line does not begin with " + String.join(",", COLUMNS), null);
        }
        List<String> classNames = Arrays.asList(lines.get(0)).subList(COLUMNS.size(), lines.get(0).length);
        float[] labels = new float[lines.size() - 1];
        float[][] outputs = new float[labels.length][];
        for (int i = 0; i < labels.length; i++) {
            String[] cells = lines.get(i + 1);
            try {
                labels[i] = classNames.isEmpty() ? Float.parseFloat(cells[1]) : number(classNames, cells[1]);
                outputs[i] = outputs(cells, classNames.size());
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw RunDirectory.unreadable(file, "line " + (i + 2) + " is not a prediction", e);
            }
        }
        return new Predictions(classNames, labels, outputs);
    }

    private static float[] outputs(String[] cells, int classes) {
        if (classes == 0) {
            return new float[] {Float.parseFloat(cells[2])};
        }
        float[] outputs = new float[classes];
        for (int i = 0; i < classes; i++) {
            outputs[i] = Float.parseFloat(cells[COLUMNS.size() + i]);
        }
        return outputs;
    }

    private static int number(List<String> classNames, String label) {
        int number = classNames.indexOf(label);
        if (number < 0) {
            throw new IllegalArgumentException("no class is called " + label);
        }
        return number;
    }
}
