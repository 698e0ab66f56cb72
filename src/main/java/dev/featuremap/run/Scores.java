package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How well a network does on some examples. Figures that make no sense for the kind of label are null.
 *
 * @param examples how many were looked at
 * @param loss the network's own loss, mean over the examples, without regularisation
 * @param accuracy share of examples whose largest output is their class; null for values
 * @param mse mean of (label − output)² over examples and outputs, labels as 0 and 1
 * @param mae mean of |label − output| over examples and outputs, labels as 0 and 1
 * @param r2 coefficient of determination; null for classes
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
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public Scores {
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
