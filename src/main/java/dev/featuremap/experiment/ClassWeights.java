package dev.featuremap.experiment;

import java.util.List;

/** What the loss of each class's examples is multiplied by; in the file a list, or the word balanced. */
public record ClassWeights(List<Double> values) {
    static final String RANGE = "(0, 1000000]";
    static final String ALLOWED = "balanced, or a list with a number in " + RANGE + " for each class";

    /** Each class as much as any other, however many examples it has. */
    public static final ClassWeights BALANCED = new ClassWeights(List.of());

    public ClassWeights {
        values = List.copyOf(values);
        if (!values.stream().allMatch(Range.of(RANGE)::contains)) {
            throw new IllegalArgumentException("expected " + ALLOWED);
        }
    }

    /** Whether the examples decide. */
    public boolean isBalanced() {
        return values.isEmpty();
    }

    /**
     * The weights as numbers: balanced ones are {@code n/(K · n_k)} of n examples, n_k of them of class k out of K.
     *
     * @param counts each class's training examples, one at least
     */
    public ClassWeights of(List<Integer> counts) {
        double all = counts.stream().mapToInt(Integer::intValue).sum();
        return isBalanced()
                ? new ClassWeights(counts.stream()
                        .map(count -> all / counts.size() / count)
                        .toList())
                : this;
    }
}
