package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.junit.jupiter.api.Test;

/**
 * How often verdicts are false, and how many seeds they take: 2,000 simulated comparisons of five members each, whose scores
 * are what a seed does to all of them and what it does to the one. More seeds are run, up to 20, for members with an open
 * question only.
 */
class FalseVerdictsTest {
    private static final int COMPARISONS = 2000;
    private static final int MEMBERS = 5;
    private static final Looks FIXED = Looks.once(10);
    private static final Looks UNTIL_SURE = Looks.upTo(5, 20);
    /** Of the difference of two members, each with a standard deviation of 1. */
    private static final double SD = Math.sqrt(2);

    private static final double[] ALIKE = new double[MEMBERS];
    private static final OptionalDouble NO_MARGIN = OptionalDouble.empty();

    @Test
    void seldomFindADifferenceWhereThereIsNone() {
        assertShareOfFalse(new Plan(FIXED, RandomGenerator::nextGaussian, ALIKE, NO_MARGIN), 0.0335, 0.0265, 0.0423);
    }

    @Test
    void seldomFindADifferenceWhereThereIsNoneThoughTheyLookAgainAndAgain() {
        assertShareOfFalse(
                new Plan(UNTIL_SURE, RandomGenerator::nextGaussian, ALIKE, NO_MARGIN), 0.041, 0.0332, 0.0506);
    }

    @Test
    void seldomFindADifferenceBetweenHeavyTails() {
        assertShareOfFalse(new Plan(FIXED, FalseVerdictsTest::heavyTailed, ALIKE, NO_MARGIN), 0.0325, 0.0256, 0.0412);
        assertShareOfFalse(
                new Plan(UNTIL_SURE, FalseVerdictsTest::heavyTailed, ALIKE, NO_MARGIN), 0.024, 0.0181, 0.0317);
    }

    @Test
    void seldomTakeDifferencesAsGreatAsTheMarginForEqual() {
        OptionalDouble margin = OptionalDouble.of(SD);
        assertShareOfFalse(new Plan(FIXED, RandomGenerator::nextGaussian, ALIKE, margin), 0.0315, 0.0247, 0.0401);
        assertShareOfFalse(new Plan(UNTIL_SURE, RandomGenerator::nextGaussian, ALIKE, margin), 0.037, 0.0296, 0.0462);
    }

    /** Five members, each 1.5 standard deviations of a difference above the one before. */
    @Test
    void takeAboutHalfOfTheSeedsWhereThereAreDifferences() {
        double[] apart = {0, 1.5 * SD, 3 * SD, 4.5 * SD, 6 * SD};

        Outcome outcome = new Plan(UNTIL_SURE, RandomGenerator::nextGaussian, apart, NO_MARGIN).simulated();

        assertThat(outcome.seedsPerMember()).isCloseTo(10.7, within(0.05));
        assertThat(outcome.open()).isLessThan(0.001);
    }

    private static void assertShareOfFalse(Plan plan, double share, double low, double high) {
        int falseVerdicts = plan.simulated().comparisonsWithFalse();
        ConfidenceInterval wilson = new WilsonScoreInterval().createInterval(COMPARISONS, falseVerdicts, 0.95);

        assertThat(falseVerdicts / (double) COMPARISONS)
                .isLessThanOrEqualTo(0.05)
                .isCloseTo(share, within(1e-9));
        assertThat(wilson.getLowerBound()).isCloseTo(low, within(5e-5));
        assertThat(wilson.getUpperBound()).isCloseTo(high, within(5e-5));
    }

    /** Student's t of 3 degrees of freedom: of outliers more than of a variance. */
    private static double heavyTailed(RandomGenerator random) {
        double squares = 0;
        for (int i = 0; i < 3; i++) {
            double normal = random.nextGaussian();
            squares += normal * normal;
        }
        return random.nextGaussian() / Math.sqrt(squares / 3);
    }

    /**
     * @param own what a seed does to one member
     * @param means of the members
     * @param margin every difference is shifted by it
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Plan(Looks looks, ToDoubleFunction<RandomGenerator> own, double[] means, OptionalDouble margin) {
        Outcome simulated() {
            RandomGenerator random = new Well19937c(16);
            int comparisonsWithFalse = 0;
            long seeds = 0;
            long open = 0;
            for (int comparison = 0; comparison < COMPARISONS; comparison++) {
                double[][] scores = scores(random);
                int[] run = new int[MEMBERS];
                List<Decision> decisions = List.of();
                for (int look = 0; look < looks.at().size(); look++) {
                    addSeeds(run, decisions, look);
                    decisions = Verdicts.of(differences(scores, run), margin, looks);
                }
                comparisonsWithFalse += decisions.stream().anyMatch(this::isFalse) ? 1 : 0;
                seeds += Arrays.stream(run).sum();
                open += decisions.stream()
                        .filter(decision -> decision.verdict() == Verdict.OPEN)
                        .count();
            }
            double questions = MEMBERS * (MEMBERS - 1) / 2.0 * COMPARISONS;
            return new Outcome(comparisonsWithFalse, seeds / (double) (COMPARISONS * MEMBERS), open / questions);
        }

        /** Where no differences are, and where none is within the margin. */
        private boolean isFalse(Decision decision) {
            return margin.isPresent() ? decision.verdict() == Verdict.EQUAL : decision.verdict() != Verdict.OPEN;
        }

        private double[][] scores(RandomGenerator random) {
            double[][] scores = new double[MEMBERS][looks.last()];
            for (int seed = 0; seed < looks.last(); seed++) {
                double shared = 2 * random.nextGaussian();
                for (int member = 0; member < MEMBERS; member++) {
                    scores[member][seed] = means[member] + shared + own.applyAsDouble(random);
                }
            }
            return scores;
        }

        /** To the members of open pairs, and at first to all. */
        private void addSeeds(int[] run, List<Decision> decisions, int look) {
            int pair = 0;
            for (int one = 0; one < MEMBERS; one++) {
                for (int other = one + 1; other < MEMBERS; other++) {
                    if (look == 0 || decisions.get(pair).verdict() == Verdict.OPEN) {
                        run[one] = looks.at().get(look);
                        run[other] = looks.at().get(look);
                    }
                    pair++;
                }
            }
        }

        private List<double[]> differences(double[][] scores, int[] run) {
            List<double[]> differences = new ArrayList<>();
            for (int one = 0; one < MEMBERS; one++) {
                for (int other = one + 1; other < MEMBERS; other++) {
                    double[] pair = new double[Math.min(run[one], run[other])];
                    for (int seed = 0; seed < pair.length; seed++) {
                        pair[seed] = scores[one][seed] - scores[other][seed] + margin.orElse(0);
                    }
                    differences.add(pair);
                }
            }
            return differences;
        }
    }

    /** @param open the share of questions without an answer */
    private record Outcome(int comparisonsWithFalse, double seedsPerMember, double open) {}
}
