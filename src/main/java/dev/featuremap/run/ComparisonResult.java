package dev.featuremap.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.featuremap.experiment.TrainingSpec.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code comparison.json}: every member, seed and metric, and what can be concluded.
 *
 * @param question what was asked; null in files of versions that did not write it
 * @param differences of every member and each one before it, in every metric both have scores for
 * @param interactions of a grid, in the ranking metric
 * @param verdict who leads in the ranking metric and whom that one beats, in one sentence
 * @param conclusion what the differences in the ranking metric do and do not show, in plain words
 */
@JsonInclude(Include.NON_NULL)
public record ComparisonResult(
        String name,
        Question question,
        List<Member> members,
        List<Difference> differences,
        List<Interaction> interactions,
        String verdict,
        String conclusion) {
    public ComparisonResult {
        if (members != null && members.isEmpty()) {
            throw new IllegalArgumentException("a comparison without members");
        }
        members = members == null ? List.of() : List.copyOf(members);
        differences = differences == null ? List.of() : List.copyOf(differences);
        interactions = interactions == null ? List.of() : List.copyOf(interactions);
    }

    /** The metric that ranks the members; in files of versions that did not say, accuracy or, of values, R². */
    public String ranking() {
        boolean ofClasses = members.stream().anyMatch(member -> member.summary().containsKey(Metric.ACCURACY.word()));
        return question == null ? (ofClasses ? Metric.ACCURACY : Metric.R2).word() : question.metric();
    }

    /** How a member does against another in a metric, whichever of the two comes first; empty where they are not paired. */
    public Optional<Difference> difference(String member, String against, String metric) {
        return differences.stream()
                .filter(difference -> difference.metric().equals(metric))
                .flatMap(difference -> Stream.of(difference, difference.turned()))
                .filter(difference -> difference.member().equals(member)
                        && difference.against().equals(against))
                .findFirst();
    }

    /**
     * What a comparison asks.
     *
     * @param metric that ranks the members
     * @param equivalence under metrics the difference that is the least to matter, in the metric's own unit (shares of 1 for
     *     accuracy)
     * @param looks after how many seeds the differences were to be looked at; one number where seeds were not added in rounds
     * @param folds into how many the training data were parted; null where members are scored on the test data
     */
    @JsonInclude(Include.NON_NULL)
    public record Question(String metric, Map<String, Double> equivalence, List<Integer> looks, Integer folds) {
        public Question {
            boolean isMetric =
                    Arrays.stream(Metric.values()).anyMatch(one -> one.word().equals(metric));
            boolean isRising = looks != null
                    && !looks.isEmpty()
                    && looks.get(0) >= 1
                    && IntStream.range(1, looks.size()).allMatch(i -> looks.get(i) > looks.get(i - 1));
            if (!isMetric || !isRising || (folds != null && folds < 2)) {
                throw new IllegalArgumentException("it asks for " + metric + " after " + looks + " seeds");
            }
        }
    }

    /**
     * What came of one member.
     *
     * @param overrides what it sets beyond the base, a chosen learning rate included
     * @param levels of a grid's member the value of each of the grid's keys; null for others
     * @param runs one per seed, in the seeds' order; with folds, one per seed and fold
     * @param summary of each metric over the runs that have scores; a metric no run has is left out
     */
    @JsonInclude(Include.NON_NULL)
    public record Member(
            String name,
            List<String> overrides,
            Map<String, String> levels,
            List<RunOutcome> runs,
            Map<String, Summary> summary) {
        public Member {
            if (name == null || runs == null || summary == null || (levels != null && levels.isEmpty())) {
                throw new IllegalArgumentException("a member without a name, runs, a summary or a grid's values");
            }
        }
    }

    /**
     * A metric over several runs.
     *
     * @param n how many values
     * @param mean their mean
     * @param sd standard deviation with n − 1 in the denominator; null for one value
     * @param ci95 the 95 % interval of the mean by Student's t, on a scale that keeps it within what the metric can be: of
     *     accuracy the logit, of errors the logarithm, of R² the logarithm of 1 − R²; null for one value, and for values that
     *     are all the same
     */
    public record Summary(int n, double mean, Double sd, List<Double> ci95) {
        /** Half the width of the interval; NaN where there is none. */
        public double halfWidth() {
            return ci95 == null ? Double.NaN : (ci95.get(1) - ci95.get(0)) / 2;
        }
    }

    /** What is shown of one member against another: at 5 % over all questions of the same metric and all looks together. */
    public enum Verdict {
        BETTER,
        WORSE,
        /** They differ by less than matters. */
        EQUAL,
        /** None of these is shown. */
        OPEN;

        /** Whether one member is shown to be ahead of the other. */
        public boolean isShown() {
            return this == BETTER || this == WORSE;
        }

        /** The same told of the other member. */
        Verdict turned() {
            return this == BETTER ? WORSE : this == WORSE ? BETTER : this;
        }

        /** As files call it, such as {@code better}. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How a member differs from another in one metric, over the seeds (and folds) that both have scores for.
     *
     * @param n how many pairs of runs; null in files of versions that did not write it
     * @param mean of the differences member − against, in the metric's own unit
     * @param ci95 the 95 % interval of that mean by Student's t; null for one pair, and when all differences are the same
     * @param effectSize Cohen's d_z, mean / standard deviation of the differences; null below five pairs, or where that is 0
     * @param effectCi95 its 95 % interval by the noncentral t distribution
     * @param p of the two-sided t-test of this pair alone; null where there is none
     * @param pSignFlip of the sign-flip test of this pair alone; null likewise, and with folds, whose runs share data
     * @param pAdjusted of the t-test, for all looks and all questions of this metric together; of several looks it is the one that
     *     says most, so it may be less than p, which is of all seeds
     * @param pEquality of the two one-sided t-tests against the margin, for all looks and questions together; null without margin
     * @param verdict what is shown; null in files of versions that did not write it
     * @param seedsNeeded at about how many seeds this would be decided, were their mean and spread as these; null where it is
     *     decided, beyond 1,000, of fewer than five seeds, of folds, and where seeds are added in rounds
     * @param testSet what the test examples' own luck adds; null where that was not worked out
     */
    @JsonInclude(Include.NON_NULL)
    public record Difference(
            String member,
            String against,
            String metric,
            Integer n,
            double mean,
            List<Double> ci95,
            Double effectSize,
            List<Double> effectCi95,
            Double p,
            Double pSignFlip,
            Double pAdjusted,
            Double pEquality,
            Verdict verdict,
            Integer seedsNeeded,
            TestSet testSet) {
        /** Whether it is open, though the t-test of this pair alone holds at 5 %. */
        public boolean holdsAlone() {
            return verdict == Verdict.OPEN && p != null && p <= 0.05;
        }

        /** The same told of the other member: against − member. */
        @SuppressWarnings("ArgumentSelectionDefectChecker")
        public Difference turned() {
            return new Difference(
                    against,
                    member,
                    metric,
                    n,
                    turned(mean),
                    turned(ci95),
                    effectSize == null ? null : (Double) turned(effectSize),
                    turned(effectCi95),
                    p,
                    pSignFlip,
                    pAdjusted,
                    pEquality,
                    verdict == null ? null : verdict.turned(),
                    seedsNeeded,
                    testSet == null ? null : testSet.turned());
        }

        private static List<Double> turned(List<Double> ends) {
            return ends == null ? null : List.of(turned(ends.get(1)), turned(ends.get(0)));
        }

        /** Of no difference it is 0, not −0. */
        private static double turned(double difference) {
            return 0 - difference;
        }
    }

    /**
     * A difference with seeds and test examples both taken as drawn at random.
     *
     * @param figure what each example is scored by: {@code accuracy} or {@code mse}
     * @param examples how many there are
     * @param ci95 the 95 % interval of the mean difference over seeds and examples together; null where nothing varies
     * @param seed {@code example} and {@code both}: the shares of the mean's variance that come from the seeds, the examples, and
     *     from how seeds meet examples
     * @param pMcNemar of the exact test of one pair of runs; null where there are several seeds, or values
     */
    @JsonInclude(Include.NON_NULL)
    public record TestSet(
            String figure, int examples, List<Double> ci95, Double seed, Double example, Double both, Double pMcNemar) {
        private TestSet turned() {
            return new TestSet(figure, examples, Difference.turned(ci95), seed, example, both, pMcNemar);
        }
    }

    /**
     * Whether one step of a grid does more after another step: the difference that {@code one} makes after {@code other}, less the
     * difference that it makes before.
     *
     * @param given the other keys' values
     * @param n how many seeds (and folds) all four members have scores for
     * @param verdict better where the step {@code one} gains, in the metric's direction, by the step {@code other}
     */
    @JsonInclude(Include.NON_NULL)
    public record Interaction(
            Step one,
            Step other,
            Map<String, String> given,
            int n,
            double mean,
            List<Double> ci95,
            Double p,
            Double pAdjusted,
            Double pEquality,
            Verdict verdict) {}

    /** One of a grid's keys going from one value to another. */
    public record Step(String key, String from, String to) {}
}
