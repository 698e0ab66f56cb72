package dev.featuremap.compare;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Interaction;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.ComparisonResult.TestSet;
import dev.featuremap.run.ComparisonResult.Verdict;
import dev.featuremap.statistics.Decision;
import dev.featuremap.statistics.Interval;
import dev.featuremap.statistics.Looks;
import dev.featuremap.statistics.Sample;
import dev.featuremap.statistics.SeedsNeeded;
import dev.featuremap.statistics.SignFlipTest;
import dev.featuremap.statistics.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the runs of a comparison's members show of one another. It hangs on nothing but the question and the runs, so it can be
 * worked out again from what was written.
 */
final class Analysis {
    private static final int FEWEST = 2;
    private static final int FEWEST_TO_FORETELL = 5;
    private static final Decision NOT_ASKED =
            new Decision(dev.featuremap.statistics.Verdict.OPEN, Double.NaN, Double.NaN);

    private final Question question;
    private final List<Member> members;
    private final Metric ranking;

    Analysis(Question question, List<Member> members) {
        this.question = question;
        this.members = members;
        this.ranking = Metric.valueOf(question.metric().toUpperCase(Locale.ROOT));
    }

    /** The metrics all members have in common, whatever their losses. */
    static List<Metric> metrics(boolean ofClasses) {
        return ofClasses
                ? List.of(Metric.ACCURACY, Metric.MSE, Metric.MAE)
                : List.of(Metric.MSE, Metric.MAE, Metric.R2);
    }

    /** Those of a comparison's runs. */
    static List<Metric> metrics(List<Member> members) {
        return metrics(members.stream()
                .flatMap(member -> member.runs().stream())
                .anyMatch(run -> run.hasScores() && run.scores().accuracy() != null));
    }

    /** What ranks members where nothing else is asked for: accuracy of classes, R² of values. */
    static Metric ranking(List<Metric> metrics) {
        return metrics.contains(Metric.ACCURACY) ? Metric.ACCURACY : Metric.R2;
    }

    /** How many questions there are in the ranking metric. */
    int questions() {
        return pairs(ranking).size() + GridInteraction.of(members, ranking).size();
    }

    /** The members that each question in the ranking metric is of that is neither answered nor without pairs of runs. */
    List<List<Member>> openQuestions() {
        List<PairedDifference> pairs = pairs(ranking);
        List<GridInteraction> interactions = GridInteraction.of(members, ranking);
        List<double[]> values = values(pairs, interactions);
        List<Decision> decisions = decisions(ranking, values);
        return IntStream.range(0, values.size())
                .filter(i -> isOpen(decisions.get(i)) && isAsked(values.get(i)))
                .mapToObj(i -> i < pairs.size()
                        ? List.of(pairs.get(i).member(), pairs.get(i).against())
                        : interactions.get(i - pairs.size()).members())
                .toList();
    }

    /**
     * All that is shown, in words too.
     *
     * @param answers what each run answered to the test examples
     */
    ComparisonResult result(String name, TestAnswers answers) {
        List<Difference> differences = new ArrayList<>();
        List<Interaction> interactions = new ArrayList<>();
        for (Metric metric : metrics(members)) {
            List<PairedDifference> pairs = pairs(metric);
            List<GridInteraction> ofGrid = metric == ranking ? GridInteraction.of(members, metric) : List.of();
            List<double[]> values = values(pairs, ofGrid);
            List<Decision> decisions = decisions(metric, values);
            for (int i = 0; i < values.size(); i++) {
                Sample sample = sample(values.get(i));
                if (sample.n() > 0 && i < pairs.size()) {
                    boolean ranks = metric == ranking;
                    differences.add(told(
                            pairs.get(i),
                            metric,
                            sample,
                            decisions.get(i),
                            ranks ? seedsNeeded(sample, decisions, i) : null,
                            ranks ? answers.testSet(pairs.get(i), metric) : null));
                } else if (sample.n() > 0) {
                    interactions.add(told(ofGrid.get(i - pairs.size()), sample, decisions.get(i)));
                }
            }
        }
        Conclusion conclusion = new Conclusion(question, members, differences, interactions);
        return new ComparisonResult(
                name, question, members, differences, interactions, conclusion.verdict(), conclusion.text());
    }

    /** Each member with each one before it. */
    private List<PairedDifference> pairs(Metric metric) {
        List<PairedDifference> pairs = new ArrayList<>();
        for (int later = 1; later < members.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                pairs.add(PairedDifference.of(members.get(later), members.get(earlier), metric));
            }
        }
        return pairs;
    }

    private static List<double[]> values(List<PairedDifference> pairs, List<GridInteraction> interactions) {
        return Stream.concat(
                        pairs.stream().map(PairedDifference::values),
                        interactions.stream().map(GridInteraction::values))
                .toList();
    }

    /** Questions that no two pairs of runs bear on are not asked, and cost the others nothing. */
    private List<Decision> decisions(Metric metric, List<double[]> values) {
        Looks looks = new Looks(question.looks().stream()
                .map(seeds -> seeds * (question.folds() == null ? 1 : question.folds()))
                .toList());
        Iterator<Decision> decided = Verdicts.of(
                        values.stream().filter(this::isAsked).toList(), margin(metric), looks, overlap())
                .iterator();
        return values.stream()
                .map(one -> isAsked(one) ? decided.next() : NOT_ASKED)
                .toList();
    }

    private boolean isAsked(double[] values) {
        return sample(values).n() >= FEWEST;
    }

    private OptionalDouble margin(Metric metric) {
        Double margin =
                question.equivalence() == null ? null : question.equivalence().get(metric.word());
        return margin == null ? OptionalDouble.empty() : OptionalDouble.of(margin);
    }

    private Sample sample(double[] values) {
        return Sample.of(
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray(), overlap());
    }

    private double overlap() {
        return overlap(question.folds());
    }

    /** Of K folds each test set has 1 / (K − 1) of the training set's size; null: no folds. */
    static double overlap(Integer folds) {
        return folds == null ? 0 : 1.0 / (folds - 1);
    }

    /**
     * Null where it is decided, beyond 1,000, and where it cannot be told: of few seeds, of folds, whose data overlap, and in
     * rounds, whose most seeds cannot be changed.
     */
    private Integer seedsNeeded(Sample sample, List<Decision> decisions, int pair) {
        boolean isKnown = question.folds() == null && question.looks().size() == 1 && sample.n() >= FEWEST_TO_FORETELL;
        if (!isKnown || !isOpen(decisions.get(pair))) {
            return null;
        }
        long open = decisions.stream().filter(Analysis::isOpen).count();
        OptionalInt needed = SeedsNeeded.about(sample, margin(ranking), Verdicts.LEVEL / open);
        return needed.isPresent() ? (Integer) needed.getAsInt() : null;
    }

    private static boolean isOpen(Decision decision) {
        return decision.verdict() == dev.featuremap.statistics.Verdict.OPEN && !NOT_ASKED.equals(decision);
    }

    private Difference told(
            PairedDifference pair,
            Metric metric,
            Sample sample,
            Decision decision,
            Integer seedsNeeded,
            TestSet testSet) {
        boolean tested = sample.hasSpread();
        double[] values = Arrays.stream(pair.values())
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return new Difference(
                pair.member().name(),
                pair.against().name(),
                metric.word(),
                sample.n(),
                sample.mean(),
                ends(sample.interval().orElse(null)),
                sample.effect().map(effect -> effect.d()).orElse(null),
                ends(sample.effect().map(effect -> effect.interval()).orElse(null)),
                tested ? (Double) sample.pOfZero() : null,
                tested && question.folds() == null ? (Double) SignFlipTest.p(values) : null,
                tested ? (Double) decision.pDifference() : null,
                tested && !Double.isNaN(decision.pEquality()) ? (Double) decision.pEquality() : null,
                verdict(decision, metric),
                seedsNeeded,
                testSet);
    }

    private Interaction told(GridInteraction interaction, Sample sample, Decision decision) {
        boolean tested = sample.hasSpread();
        return new Interaction(
                interaction.one(),
                interaction.other(),
                interaction.given(),
                sample.n(),
                sample.mean(),
                ends(sample.interval().orElse(null)),
                tested ? (Double) sample.pOfZero() : null,
                tested ? (Double) decision.pDifference() : null,
                tested && !Double.isNaN(decision.pEquality()) ? (Double) decision.pEquality() : null,
                verdict(decision, ranking));
    }

    private static Verdict verdict(Decision decision, Metric metric) {
        return switch (decision.verdict()) {
            case GREATER -> metric.isBetterWhenHigher() ? Verdict.BETTER : Verdict.WORSE;
            case LESS -> metric.isBetterWhenHigher() ? Verdict.WORSE : Verdict.BETTER;
            case EQUAL -> Verdict.EQUAL;
            case OPEN -> Verdict.OPEN;
        };
    }

    static List<Double> ends(Interval interval) {
        return interval == null ? null : List.of(interval.low(), interval.high());
    }
}
