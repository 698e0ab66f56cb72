package dev.featuremap.run;

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
 * {@code index,label,predicted}. Outputs are rounded to six decimals. Where pictures are called by more than their index, as files
 * in a folder are, a column {@code "picture"} follows the index.
 *
 * @param classNames empty for values
 * @param pictures what each example is called within its data; empty where that is its index, or was not recorded
 * @param labels each example's class number, or its value
 * @param outputs {@code [examples][classes]}, or {@code [examples][1]} for values
 */
@SuppressWarnings("ArrayRecordComponent")
public record Predictions(List<String> classNames, List<String> pictures, float[] labels, float[][] outputs) {
    private static final String INDEX = "index";
    private static final String PICTURE = "picture";
    /** The most that an output changes by being rounded, were it exact before. */
    static final double ROUNDING = 1e-6;

    private static final List<String> ANSWER = List.of("label", "predicted");

    public Predictions {
        if (labels.length != outputs.length) {
            throw new IllegalArgumentException(labels.length + " labels, but " + outputs.length + " outputs");
        }
        if (areIndices(pictures)) {
            pictures = List.of();
        } else if (pictures.size() != labels.length) {
            throw new IllegalArgumentException(labels.length + " labels, but " + pictures.size() + " pictures");
        }
        classNames = List.copyOf(classNames);
        pictures = List.copyOf(pictures);
    }

    private static boolean areIndices(List<String> pictures) {
        return IntStream.range(0, pictures.size()).allMatch(i -> pictures.get(i).equals(Integer.toString(i)));
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
        List<String> header = new ArrayList<>(columns(!pictures.isEmpty()));
        header.addAll(classNames);
        return Stream.concat(
                        Stream.<String[]>of(header.toArray(String[]::new)),
                        IntStream.range(0, size()).mapToObj(this::row))
                .iterator();
    }

    /** The columns before the classes'. */
    private static List<String> columns(boolean withPicture) {
        return Stream.concat(withPicture ? Stream.of(INDEX, PICTURE) : Stream.of(INDEX), ANSWER.stream())
                .toList();
    }

    private String[] row(int example) {
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(example));
        if (!pictures.isEmpty()) {
            cells.add(pictures.get(example));
        }
        if (isOfClasses()) {
            cells.add(classNames.get(labelledClass(example)));
            cells.add(classNames.get(predictedClass(example)));
        } else {
            cells.add(Float.toString(labels[example]));
        }
        for (float output : outputs[example]) {
            cells.add(rounded(output));
        }
        return cells.toArray(String[]::new);
    }

    private static String rounded(float value) {
        return Math.abs(value) < 1e6 ? Double.toString(Math.rint(value * 1e6) / 1e6) : Float.toString(value);
    }

    static Predictions read(Path file) {
        List<String[]> lines = Csv.read(file);
        List<String> header = lines.isEmpty() ? List.of() : Arrays.asList(lines.get(0));
        boolean withPicture = startsWith(header, columns(true));
        if (!withPicture && !startsWith(header, columns(false))) {
            throw RunDirectory.unreadable(
                    file, "its first line does not begin with " + String.join(",", columns(false)), null);
        }
        int answer = columns(withPicture).size() - ANSWER.size();
        List<String> classNames = header.subList(answer + ANSWER.size(), header.size());
        List<String> pictures = new ArrayList<>();
        float[] labels = new float[lines.size() - 1];
        float[][] outputs = new float[labels.length][];
        for (int i = 0; i < labels.length; i++) {
            String[] cells = lines.get(i + 1);
            try {
                if (!cells[0].equals(Integer.toString(i)) || cells.length != header.size()) {
                    throw new IllegalArgumentException("not example " + i);
                }
                if (withPicture) {
                    pictures.add(cells[1]);
                }
                labels[i] = classNames.isEmpty() ? Float.parseFloat(cells[answer]) : number(classNames, cells[answer]);
                // A value's only output is what was predicted.
                outputs[i] = outputs(cells, classNames.isEmpty() ? answer + 1 : answer + ANSWER.size(), header.size());
                if (!classNames.isEmpty()) {
                    requireLargest(outputs[i], number(classNames, cells[answer + 1]));
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw RunDirectory.unreadable(file, "line " + (i + 2) + " is not a prediction", e);
            }
        }
        return new Predictions(classNames, pictures, labels, outputs);
    }

    private static boolean startsWith(List<String> header, List<String> columns) {
        return header.size() >= columns.size()
                && header.subList(0, columns.size()).equals(columns);
    }

    /** Equal ones may have differed before they were rounded. */
    private static void requireLargest(float[] outputs, int predicted) {
        if (outputs[largest(outputs)] - outputs[predicted] > 2 * ROUNDING) {
            throw new IllegalArgumentException("the predicted class has not the largest output");
        }
    }

    private static float[] outputs(String[] cells, int from, int to) {
        float[] outputs = new float[to - from];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = Float.parseFloat(cells[from + i]);
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
