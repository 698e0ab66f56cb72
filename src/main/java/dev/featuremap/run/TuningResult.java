package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * {@code tuning.json}: every candidate, and the best.
 *
 * @param generator how candidates were drawn, with {@code seed}
 * @param metric what they are ranked by
 * @param validationShare share of the training data they were measured on
 * @param ended why no more were drawn: {@code candidates}, {@code minutes}, or {@code spaces} when nothing new is in them
 * @param candidates in the order of the draws
 * @param importance of each space, in their order; empty when too few candidates have scores
 * @param bestFile an experiment file: training it gives the best's test scores
 */
public record TuningResult(
        String name,
        String generator,
        long seed,
        String metric,
        boolean higherIsBetter,
        double validationShare,
        String ended,
        List<Space> spaces,
        List<Candidate> candidates,
        List<Importance> importance,
        Best best,
        String bestFile) {
    public TuningResult {
        if (best == null || metric == null) {
            throw new IllegalArgumentException("it has no best candidate");
        }
        spaces = spaces == null ? List.of() : List.copyOf(spaces);
        candidates = candidates == null ? List.of() : List.copyOf(candidates);
        importance = importance == null ? List.of() : List.copyOf(importance);
    }

    /** The candidates whose scores count, the best first. */
    public List<Candidate> ranked() {
        Comparator<Candidate> byScore = Comparator.comparingDouble(Candidate::score);
        return candidates.stream()
                .filter(Candidate::counts)
                .sorted(higherIsBetter ? byScore.reversed() : byScore)
                .toList();
    }

    /**
     * A space.
     *
     * @param key of the value it stands for
     * @param kind {@code uniform}, {@code log}, {@code whole} or {@code choice}
     * @param low and {@code high}: of numbers, else null
     * @param options of a choice, else null
     */
    @JsonInclude(Include.NON_NULL)
    public record Space(String key, String kind, Double low, Double high, List<String> options) {}

    /**
     * What came of one candidate.
     *
     * @param index from 0, in the order of the draws
     * @param parameters the values of its spaces by their keys; those of layers it does not have are left out
     * @param cause why it diverged or failed; else null
     * @param score on the validation data, in the metric candidates are ranked by; null where it has none. That of an
     *     abandoned one is from its last epoch, and does not count
     * @param epochs trained; null where it failed
     * @param start UTC, ISO 8601; null where its run did not come to its end
     * @param seconds the run took in all; null likewise
     * @param runDir null when its values do not go together
     */
    @JsonInclude(Include.NON_NULL)
    public record Candidate(
            int index,
            Map<String, Object> parameters,
            RunStatus status,
            String cause,
            Double score,
            Integer epochs,
            String start,
            Double seconds,
            String runDir) {
        /** Whether it came to its end with a score, so that it may be the best. */
        public boolean counts() {
            return score != null && (status == RunStatus.DONE || status == RunStatus.STOPPED_EARLY);
        }
    }

    /**
     * How much of the differences in score one space accounts for by itself.
     *
     * @param key of the space
     * @param share 0 to 1
     * @param correlation Spearman's, of a space of numbers with the score; null for a choice
     * @param candidates that it was computed from: those with scores that have the space
     */
    @JsonInclude(Include.NON_NULL)
    public record Importance(String key, double share, Double correlation, int candidates) {}

    /**
     * The best candidate.
     *
     * @param validation its scores on the validation data
     * @param test its scores on the test data, trained on all training data
     * @param runDir of the run that was trained on all training data
     */
    public record Best(int index, Map<String, Object> parameters, Scores validation, Scores test, String runDir) {}
}
