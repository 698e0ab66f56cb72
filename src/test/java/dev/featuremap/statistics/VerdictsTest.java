package dev.featuremap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Decisions against p-values worked from the closed form of Student's t. */
class VerdictsTest {
    private static final OptionalDouble NO_MARGIN = OptionalDouble.empty();
    private static final Looks LOOKS = Looks.upTo(5, 20);

    @Test
    void isTheTTestOfOnePairLookedAtOnce() {
        Decision decision = only(Verdicts.of(List.of(SampleTest.SLEEP), NO_MARGIN, Looks.once(10)));

        assertThat(decision.verdict()).isEqualTo(Verdict.LESS);
        assertThat(decision.pDifference())
                .isCloseTo(2 * ClosedStudentT.cumulativeProbability(-4.062127683382, 9), within(1e-9));
        assertThat(decision.pEquality()).isNaN();
    }

    @Test
    void saysGreaterOfTheOppositeDifferences() {
        double[] opposite = Arrays.stream(SampleTest.SLEEP).map(value -> -value).toArray();

        assertThat(only(Verdicts.of(List.of(opposite), NO_MARGIN, Looks.once(10)))
                        .verdict())
                .isEqualTo(Verdict.GREATER);
    }

    /** Twice the p-value of the smaller, once that of the greater: Holm's correction over both. */
    @Test
    void correctsOverAllPairs() {
        double[] weak = {0.1, -0.2, 0.3, 0.4, 0.5};
        double[] strong = {1, 1.1, 0.9, 1.05, 1.2};

        List<Decision> decisions = Verdicts.of(List.of(weak, strong), NO_MARGIN, Looks.once(5));

        assertThat(decisions.get(0).pDifference()).isCloseTo(p(weak), within(1e-9));
        assertThat(decisions.get(0).verdict()).isEqualTo(Verdict.OPEN);
        assertThat(decisions.get(1).pDifference()).isCloseTo(2 * p(strong), within(1e-9));
        assertThat(decisions.get(1).verdict()).isEqualTo(Verdict.GREATER);
    }

    @Test
    void takesTheLeastOverTheLooksOfWhatEachMaySpend() {
        double[] differences = {0.9, 1.4, -0.2, 1.9, 0.8, 1.2, 0.7, 1.1, 3, -2, 5, 0.1, 9};
        double first = p(Arrays.copyOf(differences, 5)) / 0.25;
        double second = p(Arrays.copyOf(differences, 8)) / 0.15;
        double third = p(Arrays.copyOf(differences, 12)) / 0.2;

        assertThat(second).isLessThan(first).isLessThan(third);
        assertThat(pOf(Arrays.copyOf(differences, 5))).isCloseTo(first, within(1e-9));
        assertThat(pOf(Arrays.copyOf(differences, 7))).isCloseTo(first, within(1e-9));
        assertThat(pOf(Arrays.copyOf(differences, 8))).isCloseTo(second, within(1e-9));
        assertThat(pOf(differences)).isCloseTo(second, within(1e-9));
    }

    /** The first look decides; at the second, the mean has the other sign. */
    @Test
    void goesByTheSignAtTheLookThatDecided() {
        double[] differences = {1, 1.01, 0.99, 1, 1.001, -20, -20, -20};

        Decision decision = only(Verdicts.of(List.of(differences), NO_MARGIN, LOOKS));

        assertThat(Sample.of(differences).mean()).isLessThan(0);
        assertThat(decision.verdict()).isEqualTo(Verdict.GREATER);
    }

    @Test
    void saysNothingBeforeTheFirstLook() {
        assertThat(pOf(new double[] {1, 1.01, 0.99, 1})).isEqualTo(1);
    }

    @Test
    void leavesOutSeedsWithoutScoresButNotTheirPlaceInThePlan() {
        double missing = Double.NaN;
        double[] differences = {0.9, missing, 1.4, -0.2, 1.9, 0.8, 1.2, 0.7};

        double first = p(new double[] {0.9, 1.4, -0.2, 1.9}) / 0.25;
        double second = p(new double[] {0.9, 1.4, -0.2, 1.9, 0.8, 1.2, 0.7}) / 0.15;
        assertThat(pOf(differences)).isCloseTo(Math.min(first, second), within(1e-9));
        assertThat(pOf(new double[] {missing, missing, missing, 0.5, missing})).isEqualTo(1);
        assertThat(pOf(new double[] {missing, missing, missing, missing, missing}))
                .isEqualTo(1);
    }

    @Test
    void isEqualWithinTheMarginEvenWhereTheDifferenceIsReal() {
        double[] small = {0.010, 0.011, 0.009, 0.010, 0.012, 0.010};
        double[] great = {0.40, 0.41, 0.39, 0.40, 0.42, 0.40};
        double[] wide = {0.4, -0.3, 0.5, -0.6, 0.1, 0.2};

        List<Decision> decisions = Verdicts.of(List.of(small, great, wide), OptionalDouble.of(0.1), Looks.once(6));

        assertThat(decisions)
                .extracting(Decision::verdict)
                .containsExactly(Verdict.EQUAL, Verdict.GREATER, Verdict.OPEN);
        assertThat(decisions.get(0).pDifference()).isLessThan(0.001);
        assertThat(decisions.get(0).pEquality()).isCloseTo(3 * pOfEquivalence(small, 0.1), within(1e-12));
        assertThat(decisions.get(2).pEquality()).isCloseTo(2 * pOfEquivalence(wide, 0.1), within(1e-9));
        assertThat(decisions.get(1).pEquality()).isCloseTo(pOfEquivalence(great, 0.1), within(1e-9));
        assertThat(Verdicts.of(List.of(small), NO_MARGIN, Looks.once(6)).get(0).verdict())
                .isEqualTo(Verdict.GREATER);
    }

    /** Of ten folds each tested on a ninth of what it trains on: t shrinks by √(1/10) / √(1/10 + 1/9). */
    @Test
    void doubtsFoldsOfTheSameData() {
        double t = 4.062127683382 * Math.sqrt(0.1 / (0.1 + 1.0 / 9));

        Decision decision = only(Verdicts.of(List.of(SampleTest.SLEEP), NO_MARGIN, Looks.once(10), 1.0 / 9));

        assertThat(decision.pDifference()).isCloseTo(2 * ClosedStudentT.cumulativeProbability(-t, 9), within(1e-9));
    }

    @Test
    void leavesOpenWhatHasNoSpread() {
        Decision decision =
                only(Verdicts.of(List.of(new double[] {0, 0, 0, 0, 0}), OptionalDouble.of(0.1), Looks.once(5)));

        assertThat(decision).isEqualTo(new Decision(Verdict.OPEN, 1, 1));
    }

    private static double pOf(double[] differences) {
        return only(Verdicts.of(List.of(differences), NO_MARGIN, LOOKS)).pDifference();
    }

    private static Decision only(List<Decision> decisions) {
        assertThat(decisions).hasSize(1);
        return decisions.get(0);
    }

    private static double p(double[] values) {
        return 2 * ClosedStudentT.cumulativeProbability(-Math.abs(mean(values)) / error(values), values.length - 1);
    }

    private static double pOfEquivalence(double[] values, double margin) {
        return ClosedStudentT.cumulativeProbability(
                (Math.abs(mean(values)) - margin) / error(values), values.length - 1);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double error(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
