package dev.featuremap.report;

import dev.featuremap.run.Scores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The confusion matrix with the heat of each cell, each class's scores, and the confusions that happen most.
 *
 * @param rows true class by true class; null when there are too many classes to read
 */
public record Confusion(List<String> names, List<Row> rows, List<ClassRow> classes, List<Pair> mostFrequent) {
    private static final int MOST_CLASSES = 26;
    private static final int MOST_PAIRS = 12;

    public record Row(String name, List<Cell> cells) {}

    /** A number of examples; the heat from 0 to 1 is the share of the row on the diagonal, else that of the worst cell. */
    public record Cell(int count, boolean right, double heat) {}

    /** One class; {@code takenFor} is the class it is most often mistaken for, null when it never is. */
    public record ClassRow(
            String name, long examples, double precision, double recall, double f1, String takenFor, int times) {}

    /** A class, another that it is taken for, how often, and the share of the class that is. */
    public record Pair(String actual, String predicted, int count, double share) {}

    public static Confusion of(Scores scores) {
        List<String> names =
                scores.classes().stream().map(Scores.ClassScores::name).toList();
        List<Pair> pairs = pairs(names, scores.confusion());
        return new Confusion(
                names,
                names.size() > MOST_CLASSES ? null : rows(names, scores.confusion()),
                scores.classes().stream().map(one -> classRow(one, pairs)).toList(),
                pairs.stream().limit(MOST_PAIRS).toList());
    }

    private static List<Row> rows(List<String> names, List<List<Integer>> counts) {
        int worst = Math.max(
                1,
                IntStream.range(0, names.size())
                        .flatMap(i -> IntStream.range(0, names.size())
                                .filter(j -> i != j)
                                .map(j -> counts.get(i).get(j)))
                        .max()
                        .orElse(0));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int total = Math.max(1, sum(counts.get(i)));
            List<Cell> cells = new ArrayList<>();
            for (int j = 0; j < names.size(); j++) {
                int count = counts.get(i).get(j);
                // The root lets a single mistake be seen beside the most frequent one.
                cells.add(new Cell(count, i == j, i == j ? (double) count / total : Math.sqrt((double) count / worst)));
            }
            rows.add(new Row(names.get(i), cells));
        }
        return rows;
    }

    private static List<Pair> pairs(List<String> names, List<List<Integer>> counts) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int total = Math.max(1, sum(counts.get(i)));
            for (int j = 0; j < names.size(); j++) {
                int count = counts.get(i).get(j);
                if (i != j && count > 0) {
                    pairs.add(new Pair(names.get(i), names.get(j), count, (double) count / total));
                }
            }
        }
        pairs.sort(Comparator.comparingInt(Pair::count).reversed());
        return pairs;
    }

    private static ClassRow classRow(Scores.ClassScores scores, List<Pair> pairs) {
        Pair worst = pairs.stream()
                .filter(pair -> pair.actual.equals(scores.name()))
                .findFirst()
                .orElse(null);
        return new ClassRow(
                scores.name(),
                scores.examples(),
                scores.precision(),
                scores.recall(),
                scores.f1(),
                worst == null ? null : worst.predicted,
                worst == null ? 0 : worst.count);
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}
