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
        }
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
    }
}
