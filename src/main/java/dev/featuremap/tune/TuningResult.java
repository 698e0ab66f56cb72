package dev.featuremap.tune;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.featuremap.experiment.Space;
import dev.featuremap.run.Scores;
import java.util.List;
import java.util.Locale;
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
        List<SpaceResult> spaces,
        List<CandidateResult> candidates,
        List<Importance> importance,
        Best best,
        String bestFile) {

    /**
     * The best candidate.
     *
     * @param validation its scores on the validation data
     * @param test its scores on the test data, trained on all training data
     * @param runDir of the run that was trained on all training data
     */
    public record Best(int index, Map<String, Object> parameters, Scores validation, Scores test, String runDir) {}

    /**
     * A space.
     *
     * @param key of the value it stands for
     * @param kind {@code uniform}, {@code log}, {@code whole} or {@code choice}
     * @param low and {@code high}: of numbers, else null
     * @param options of a choice, else null
     */
    @JsonInclude(Include.NON_NULL)
    public record SpaceResult(String key, String kind, Double low, Double high, List<String> options) {
        static SpaceResult of(String key, Space space) {
            String kind = space.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            return space instanceof Space.Choice choice
                    ? new SpaceResult(key, kind, null, null, choice.options())
                    : new SpaceResult(key, kind, space.low(), space.high(), null);
        }
    }
}
