package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Interaction;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.ComparisonResult.Verdict;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

/** Figures against commons-math's t-test, counts of sign flips and hand arithmetic. */
class AnalysisTest {
    private static final double NONE = Double.NaN;
    private static final Question OF_FIVE = new Question("accuracy", null, List.of(5), null);

    @Test
    void ranksByWhatAllMembersHave() {
        Member classes = Outcomes.member("mse", NONE, 0.9);
        Member values = ofMse("mse", 0.5, 0.4);

        assertThat(Analysis.metrics(List.of(classes))).containsExactly(Metric.ACCURACY, Metric.MSE, Metric.MAE);
        assertThat(Analysis.metrics(List.of(values))).containsExactly(Metric.MSE, Metric.MAE, Metric.R2);
        assertThat(Analysis.metrics(List.of(Outcomes.member("mse", NONE))))
                .containsExactly(Metric.MSE, Metric.MAE, Metric.R2);
    }

    @Test
    void takesPairsWithoutScoresOutOfEveryTest() {
        Member first = Outcomes.member("mse", 0.90, 0.90, 0.90, 0.90, NONE, 0.90);
        Member other = Outcomes.member("mae", 0.91, 0.93, 0.92, 0.90, 0.99, 0.89);

        Difference difference = difference(new Question("accuracy", null, List.of(6), null), first, other);

        double[] paired = {0.01, 0.03, 0.02, 0, -0.01};
        assertThat(difference.n()).isEqualTo(5);
        assertThat(difference.mean()).isCloseTo(0.01, within(1e-12));
        assertThat(difference.p()).isCloseTo(new TTest().tTest(0, paired), within(1e-9));
        // The sum is 5; of the signs of 1, 3, 2 and 1, all alike make 7, all but either 1 make 5, and that of 0 is
        // free.
        assertThat(difference.pSignFlip()).isEqualTo(2 * 3 * 2 / 32.0);
        // Mean 1, sd √2.5 points.
        assertThat(difference.effectSize()).isCloseTo(1 / Math.sqrt(2.5), within(1e-9));
        assertThat(difference.effectCi95().get(0)).isLessThan(0);
        assertThat(difference.effectCi95().get(1)).isGreaterThan(1 / Math.sqrt(2.5));
    }

    /** √(1/4 + 1/(2 − 1)) in the place of √(1/4), with t(0.975, 3) = 3.182446305 of printed tables. */
    @Test
    void widensIntervalsOfFoldsByTheDataTheyShare() {
        Member first = Outcomes.inFolds(2, "mse", 0.90, 0.90, 0.90, 0.90);
        Member other = Outcomes.inFolds(2, "mae", 0.81, 0.82, 0.83, 0.84);

        Difference difference = difference(new Question("accuracy", null, List.of(2), 2), first, other);

        double half = 3.182446305 * 0.01 * Math.sqrt(5 / 3.0) * Math.sqrt(1 / 4.0 + 1);
        assertThat(difference.ci95().get(0)).isCloseTo(-0.075 - half, within(1e-9));
        assertThat(difference.ci95().get(1)).isCloseTo(-0.075 + half, within(1e-9));
        assertThat(difference.pSignFlip()).isNull();
        assertThat(Analysis.overlap(null)).isZero();
        assertThat(Analysis.overlap(5)).isEqualTo(0.25);
    }

    /** As many seeds as make p three times as small: mean 1 and sd √2.5 take 13 seeds alone and 18 as one of three open questions. */
    @Test
    void foretellsMoreSeedsWhereMoreQuestionsAreOpen() {
        Member first = Outcomes.member("mse", 0.90, 0.90, 0.90, 0.90, 0.90);
        Member other = Outcomes.member("mae", 0.89, 0.90, 0.91, 0.92, 0.93);
        Member third = Outcomes.member("l1", 0.91, 0.92, 0.88, 0.90, 0.91);

        assertThat(difference(OF_FIVE, first, other).seedsNeeded()).isEqualTo(13);
        List<Difference> three =
                Outcomes.result(OF_FIVE, List.of(first, other, third)).differences();
        assertThat(three.subList(0, 3)).extracting(Difference::verdict).containsOnly(Verdict.OPEN);
        assertThat(three.get(0).seedsNeeded()).isEqualTo(18);
        assertThat(three.get(3).metric()).isEqualTo("mse");
        assertThat(three.get(3).seedsNeeded()).isNull();
    }

    @Test
    void foretellsNoMoreSeedsForQuestionsThatOneRunCannotAsk() {
        Member first = Outcomes.member("mse", 0.90, 0.90, 0.90, 0.90, 0.90);
        Member other = Outcomes.member("mae", 0.89, 0.90, 0.91, 0.92, 0.93);
        Member failed = Outcomes.member("l1", 0.91, NONE, NONE, NONE, NONE);

        Difference difference = Outcomes.result(OF_FIVE, List.of(first, other, failed))
                .differences()
                .get(0);

        assertThat(difference.against()).isEqualTo("mse");
        assertThat(difference.member()).isEqualTo("mae");
        assertThat(difference.seedsNeeded()).isEqualTo(13);
    }

    /** The loss's step of 10 points is 2 points more with noise: 1, 2, 3, 2, 2. */
    @Test
    void testsAnInteractionAsAnyDifference() {
        List<Member> members = grid(
                Outcomes.member("mse-0", 0.70, 0.70, 0.70, 0.70, 0.70),
                Outcomes.member("mse-1", 0.60, 0.60, 0.60, 0.60, 0.60),
                Outcomes.member("mae-0", 0.80, 0.81, 0.79, 0.80, 0.80),
                Outcomes.member("mae-1", 0.71, 0.73, 0.72, 0.72, 0.72));
        Question withMargin = new Question("accuracy", Map.of("accuracy", 0.05), List.of(5), null);

        Interaction alone = Outcomes.result(OF_FIVE, members).interactions().get(0);
        Interaction held = Outcomes.result(withMargin, members).interactions().get(0);

        double[] more = {0.01, 0.02, 0.03, 0.02, 0.02};
        double p = new TTest().tTest(0, more);
        double[] beyondMargin = {-0.04, -0.03, -0.02, -0.03, -0.03};
        assertThat(alone.n()).isEqualTo(5);
        assertThat(alone.mean()).isCloseTo(0.02, within(1e-12));
        assertThat(alone.p()).isCloseTo(p, within(1e-9));
        // Of seven questions, mse-1 − mse-0 has no spread, mae-1 − mse-0 the same values, and four smaller p-values.
        assertThat(alone.pAdjusted()).isCloseTo(3 * p, within(1e-9));
        assertThat(alone.pEquality()).isNull();
        // No other difference but mae-1 − mse-0 lies within the margin.
        assertThat(held.pEquality()).isCloseTo(7 * new TTest().tTest(0, beyondMargin) / 2, within(1e-9));
        assertThat(held.verdict()).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void asksOfAGridsPairsAndInteractions() {
        List<Member> members = grid(
                Outcomes.member("mse-0", 0.90, 0.91, 0.92, 0.93, 0.94),
                Outcomes.member("mse-1", 0.70, 0.711, 0.72, 0.73, 0.741),
                Outcomes.member("mae-0", 0.80, 0.811, 0.82, 0.831, 0.84),
                Outcomes.member("mae-1", 0.601, 0.61, 0.621, 0.63, 0.641));

        Analysis analysis = new Analysis(OF_FIVE, members);

        assertThat(analysis.questions()).isEqualTo(6 + 1);
        assertThat(analysis.openQuestions()).hasSize(1);
        assertThat(analysis.openQuestions().get(0)).containsExactlyInAnyOrderElementsOf(members);
    }

    /** 0.1 + 0.2 is not 0.3: of errors of hundreds of thousands no more than rounding is left, which is no interaction. */
    @Test
    void takesNoRoundingOfLargeErrorsForAnInteraction() {
        double one = 1e6 * (0.1 + 0.2);
        double other = 1e6 * 0.3;
        List<Member> members =
                grid(ofMse("mse-0", 0, 0), ofMse("mse-1", 0, 0), ofMse("mae-0", one, one), ofMse("mae-1", other, 4e5));

        assertThat(one).isNotEqualTo(other);
        assertThat(GridInteraction.of(members, Metric.MSE).get(0).values()).containsExactly(0, 4e5 - one);
    }

    private static Difference difference(Question question, Member first, Member other) {
        return Outcomes.result(question, List.of(first, other)).differences().get(0);
    }

    /** Members by loss and noise, the noise changing first. */
    private static List<Member> grid(Member... members) {
        List<Member> points = new ArrayList<>();
        for (int i = 0; i < members.length; i++) {
            Map<String, String> levels = new LinkedHashMap<>();
            levels.put("loss", i < 2 ? "mse" : "mae");
            levels.put("data.labelNoise", i % 2 == 0 ? "0" : "0.4");
            points.add(Outcomes.at(levels, members[i]));
        }
        return points;
    }

    /** A member that predicts values, with these errors. */
    private static Member ofMse(String name, double... errors) {
        List<RunOutcome> runs = new ArrayList<>();
        for (int i = 0; i < errors.length; i++) {
            Scores scores = new Scores(100, 1, null, errors[i], errors[i], 0.5, null, null);
            runs.add(new RunOutcome(i + 1, null, RunStatus.DONE, null, "run", null, scores, null));
        }
        return new Member(name, List.of(), null, runs, Map.of());
    }
}
