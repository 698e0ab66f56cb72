package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well a network does on some examples. Figures that make no sense for the kind of label are null.
 *
 * @param examples how many were looked at
 * @param loss the network's own loss, mean over the examples, without regularisation
 * @param accuracy share of examples whose largest output is their class; null for values
 * @param mse mean of (label − output)² over examples and outputs, labels as 0 and 1
 * @param mae mean of |label − output| over examples and outputs, labels as 0 and 1
 * @param r2 coefficient of determination, 1 − Σ(label − output)²/Σ(label − mean label)²; null for classes, and where all labels
 *     are the same, since nothing varies then that could be explained
 * @param confusion rows: true class, columns: predicted class, entries: examples; null for values
 * @param classes precision, recall and F1 of each class; null for values
 */
@JsonInclude(Include.NON_NULL)
public record Scores(
        long examples,
        double loss,
        Double accuracy,
        double mse,
        double mae,
        Double r2,
        List<List<Integer>> confusion,
        List<ClassScores> classes)
        implements Figures, Serializable {
    private static final long serialVersionUID = 1L;
    private static final double ROUNDING = 1e-9;
    private static final String SAME_LABELS = "all labels are the same";

    public Scores {
        // Older runs hold an infinite one for labels that are all the same.
        r2 = r2 == null || !Double.isFinite(r2) ? null : r2;
        if ((confusion == null) != (classes == null)) {
            throw new IllegalArgumentException("a confusion matrix and the classes' scores go together");
        }
        if (confusion != null && classes != null) {
            confusion = confusion.stream().map(List::copyOf).toList();
            classes = List.copyOf(classes);
            int size = classes.size();
            if (confusion.size() != size || confusion.stream().anyMatch(row -> row.size() != size)) {
                throw new IllegalArgumentException("the confusion matrix is not one of " + size + " classes");
            }
            check(examples, accuracy, new Counts(confusion), classes);
        }
    }

    private static void check(long examples, Double accuracy, Counts counts, List<ClassScores> classes) {
        if (counts.hasNegative() || counts.all() != examples) {
            throw new IllegalArgumentException(
                    "the confusion matrix counts " + counts.all() + " examples, not " + examples + ", each at least 0");
        }
        if (accuracy == null || !isNear(accuracy, share(counts.right(), examples))) {
            throw new IllegalArgumentException("the accuracy is " + accuracy + ", but the confusion matrix has "
                    + counts.right() + " right of " + examples);
        }
        for (int i = 0; i < classes.size(); i++) {
            ClassScores told = classes.get(i);
            ClassScores counted = counts.ofClass(i, told.name);
            if (!told.isNear(counted)) {
                throw new IllegalArgumentException("the confusion matrix makes " + counted + ", not " + told);
            }
        }
    }

    /** Equal but for what earlier versions rounded in another order. */
    private static boolean isNear(double one, double other) {
        return Math.abs(one - other) <= ROUNDING;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** Scores of classes, all of whose figures but three follow from the confusion matrix. */
    public static Scores ofClasses(
            double loss, double mse, double mae, List<List<Integer>> confusion, List<String> names) {
        Counts counts = new Counts(confusion);
        return new Scores(
                counts.all(),
                loss,
                share(counts.right(), counts.all()),
                mse,
                mae,
                null,
                confusion,
                IntStream.range(0, names.size())
                        .mapToObj(i -> counts.ofClass(i, names.get(i)))
                        .toList());
    }

    /** What follows from a confusion matrix. */
    record Counts(List<List<Integer>> confusion) {
        boolean hasNegative() {
            return confusion.stream().flatMap(List::stream).anyMatch(count -> count < 0);
        }

        long all() {
            return confusion.stream().mapToLong(Counts::sum).sum();
        }

        long right() {
            return IntStream.range(0, confusion.size())
                    .mapToLong(i -> confusion.get(i).get(i))
                    .sum();
        }

        ClassScores ofClass(int number, String name) {
            long actual = sum(confusion.get(number));
            long predicted =
                    confusion.stream().mapToLong(row -> row.get(number)).sum();
            long found = confusion.get(number).get(number);
            return new ClassScores(
                    name, actual, share(found, predicted), share(found, actual), share(2 * found, actual + predicted));
        }

        private static long sum(List<Integer> row) {
            return row.stream().mapToLong(Integer::longValue).sum();
        }
    }

    /** The classes in the order of their numbers; none of values. */
    List<String> classNames() {
        return classes == null
                ? List.of()
                : classes.stream().map(ClassScores::name).toList();
    }

    /** Why values to be predicted have no {@code r2}; empty when they have, and for classes. */
    public Optional<String> whyNoR2() {
        return accuracy == null && r2 == null ? Optional.of(SAME_LABELS) : Optional.empty();
    }

    /** In JSON, a figure that there should be is null and has its reason beside it. */
    @JsonAnyGetter
    Map<String, String> undefined() {
        Map<String, String> keys = new LinkedHashMap<>();
        whyNoR2().ifPresent(reason -> {
            keys.put("r2", null);
            keys.put("r2_reason", reason);
        });
        return Collections.unmodifiableMap(keys);
    }

    /**
     * One class of a classification.
     *
     * @param name the class
     * @param examples how many are of it
     * @param precision share of the predictions of this class that are right, 0..1; 0 when it was never predicted
     * @param recall share of this class's examples that were found, 0..1
     * @param f1 harmonic mean of the two
     */
    public record ClassScores(String name, long examples, double precision, double recall, double f1)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        public ClassScores {
            Objects.requireNonNull(name);
        }

        private boolean isNear(ClassScores other) {
            return examples == other.examples
                    && Scores.isNear(precision, other.precision)
                    && Scores.isNear(recall, other.recall)
                    && Scores.isNear(f1, other.f1);
        }
    }
}
