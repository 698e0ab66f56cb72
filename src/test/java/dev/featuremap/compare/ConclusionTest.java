package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConclusionTest {
    private static final double NONE = Double.NaN;

    @Test
    void saysWhatBeatsWhatByHowMuch() {
        // Differences −0.012, −0.011, −0.013, −0.012, −0.012: sd 0.000707, half 2.776445 · 0.000707 / √5 = 0.000878.
        String text = text(
                Metric.ACCURACY,
                Outcomes.member("mse", 0.990, 0.980, 0.985, 0.990, 0.991),
                Outcomes.member("mae", 0.978, 0.969, 0.972, 0.978, 0.979));

        assertThat(text)
                .isEqualTo("With 5 seeds, by accuracy on the test data: mse beats mae by 1.20 ± 0.09 points."
                        + " The ± are 95 % t-intervals of the differences between runs of the same seed.");
    }

    @Test
    void namesTheBetterOneOfAnErrorTheSmaller() {
        String text =
                text(Metric.MSE, Outcomes.member("mse", 0.90, 0.91, 0.92), Outcomes.member("mae", 0.80, 0.81, 0.8201));

        assertThat(text).contains("by mse on the test data: mse beats mae by 0.1000 ± 0.0001.");
    }

    @Test
    void saysWhatCannotBeToldApart() {
        String text = text(
                Metric.ACCURACY,
                Outcomes.member("mse", 0.990, 0.980, 0.985, 0.990, 0.991),
                Outcomes.member("mae", 0.978, 0.969, 0.972, 0.978, 0.979),
                Outcomes.member("l1", 0.979, 0.968, 0.972, 0.977, 0.980),
                Outcomes.member("l2", 0.991, 0.979, 0.986, 0.989, 0.991));

        assertThat(text)
                .contains("mse beats mae by 1.20 ± 0.09 points; mse beats l1 by 1.20 ± ")
                .contains("; mse can't be told apart from l2 (+0.00 ± 0.12 points); mae and l1 can't be told apart")
                .endsWith(
                        "\"beats\" holds at 5 % for all 3 tests together (Holm's correction), \"may beat\" only for that"
                                + " pair by itself.");
    }

    @Test
    void asksMoreOfOneDifferenceAmongMany() {
        // p is about 0.03 each: enough for one test, not for two by Holm's correction.
        Member first = Outcomes.member("mse", 0.90, 0.90, 0.90, 0.90, 0.90);
        Member second = Outcomes.member("mae", 0.91, 0.93, 0.92, 0.90, 0.92);
        Member third = Outcomes.member("l1", 0.91, 0.93, 0.92, 0.90, 0.92);

        assertThat(PairedDifference.of(second, first, Metric.ACCURACY).paired().pOfZero())
                .isBetween(0.026, 0.05);
        assertThat(text(Metric.ACCURACY, first, second)).contains("mae beats mse by");
        assertThat(text(Metric.ACCURACY, first, second, third))
                .contains(
                        "mae may beat mse by 1.60 ± 1.42 points; l1 may beat mse by 1.60 ± 1.42 points; mae and l1 can't be")
                .doesNotContain("mae beats", "l1 beats");
    }

    /** Of three differences, (d − s, d, d + s): with d/s = 2.8, 3.26, 4.05 and 20, p is 0.040, 0.030, 0.0197 and 0.0008. */
    @Test
    void asksLessOfEachFurtherDifferenceByHolm() {
        Member first = Outcomes.member("mse", 0.90, 0.90, 0.90);
        Member weak = Outcomes.member("mae", 0.918, 0.928, 0.938);
        Member middle = Outcomes.member("l1", 0.9305, 0.9405, 0.9505);
        Member strong = Outcomes.member("l2", 0.9475, 0.95, 0.9525);

        // 0.0008 ≤ 0.05/3, 0.0197 ≤ 0.05/2, 0.040 ≤ 0.05.
        assertThat(text(Metric.ACCURACY, first, weak, middle, strong))
                .contains("mae beats mse", "l1 beats mse", "l2 beats mse");

        // 0.030 > 0.05/2, so what comes after it does not hold either.
        Member lessThanMiddle = Outcomes.member("l1", 0.9226, 0.9326, 0.9426);
        assertThat(text(Metric.ACCURACY, first, weak, lessThanMiddle, strong))
                .contains("l2 beats mse", "mae may beat mse", "l1 may beat mse")
                .doesNotContain("mae beats", "l1 beats");
    }

    @Test
    void groupsNeighboursInRankTheBestFirst() {
        Member first = Outcomes.member("mse", 0.99, 0.98, 0.985);
        Member good = Outcomes.member("mae", 0.90, 0.91, 0.92);
        Member nearlyGood = Outcomes.member("l1", 0.91, 0.89, 0.92);
        Member bad = Outcomes.member("l2", 0.50, 0.51, 0.52);
        Member worse = Outcomes.member("kld", 0.51, 0.49, 0.52);

        assertThat(text(Metric.ACCURACY, first, worse, nearlyGood, bad, good))
                .contains("; mae and l1 can't be told apart; l2 and kld can't be told apart.");
        // Of an error, which here is 1 − accuracy, the smaller is the better.
        assertThat(text(Metric.MSE, first, worse, nearlyGood, bad, good))
                .contains("; mae and l1 can't be told apart; l2 and kld can't be told apart.");
    }

    @Test
    void groupsByTwoSeedsAndByEqualRuns() {
        Member first = Outcomes.member("mse", 0.99, 0.98);

        assertThat(text(Metric.ACCURACY, first, Outcomes.member("mae", 0.7, 0.65), Outcomes.member("l1", 0.69, 0.66)))
                .contains("mae and l1 can't be told apart");
        assertThat(text(Metric.ACCURACY, first, Outcomes.member("mae", 0.7, 0.65), Outcomes.member("l1", 0.7, 0.65)))
                .contains("mae and l1 can't be told apart");
        assertThat(text(Metric.ACCURACY, first, Outcomes.member("mae", 0.75, 0.5), Outcomes.member("l1", 0.5, 0.25)))
                .doesNotContain("mae and l1");
    }

    @Test
    void concludesNothingFromOneSeed() {
        assertThat(text(Metric.ACCURACY, Outcomes.member("mse", 0.99), Outcomes.member("mae", 0.5)))
                .isEqualTo("With 1 seed, by accuracy on the test data: nothing can be concluded: a difference needs two"
                        + " seeds or more that both members have scores for.");
    }

    @Test
    void doesNotTakeEqualDifferencesForAProof() {
        assertThat(text(Metric.ACCURACY, Outcomes.member("mse", 0.90, 0.80), Outcomes.member("mae", 0.85, 0.75)))
                .isEqualTo("With 2 seeds, by accuracy on the test data: mae − mse is -5.00 points with every seed: no"
                        + " spread was seen, so nothing can be concluded by a t-test.");
    }

    @Test
    void testsOnlyDifferencesThatSpread() {
        assertThat(text(
                        Metric.ACCURACY,
                        Outcomes.member("mse", 0.990, 0.980, 0.985, 0.990, 0.991),
                        Outcomes.member("mae", 0.978, 0.969, 0.972, 0.978, 0.979),
                        Outcomes.member("l2", 0.980, 0.970, 0.975, 0.980, 0.981)))
                .contains("mse beats mae by 1.20 ± 0.09 points; l2 − mse is -1.00 points with every seed: no spread")
                .doesNotContain("Holm");
    }

    @Test
    void saysThatMembersWereTestedOnDifferentData() {
        Member first = Outcomes.memberOn("a", "mse", 0.99, 0.98, 0.97);
        Member same = Outcomes.memberOn("a", "l2", 0.95, 0.92, 0.94);
        Member other = Outcomes.memberOn("b", "mae", 0.5, 0.6, 0.55);

        assertThat(text(Metric.ACCURACY, first, same, other))
                .contains("mse beats l2", "mae is tested on other data than mse, so the two are not paired")
                .doesNotContain("mse beats mae", "can't be told apart");
        assertThat(PairedDifference.of(other, first, Metric.ACCURACY).paired().n())
                .isZero();
        assertThat(text(Metric.ACCURACY, first, other))
                .contains("nothing can be concluded", "mae is tested on other data than mse");
    }

    @Test
    void pairsRunsOnTheDataOfTheirOwnSeed() {
        Member first = new Member("mse", List.of(), List.of(run(1, "a", 0.9), run(2, "b", 0.8)), Map.of());
        Member other = new Member("mae", List.of(), List.of(run(1, "a", 0.7), run(2, "b", 0.5)), Map.of());
        RunOutcome elsewhere = run(2, "c", 0.5);

        assertThat(new Conclusion(List.of(first, withSummary(other)), Metric.ACCURACY).text())
                .doesNotContain("other data");
        assertThat(new Conclusion(
                                List.of(first, new Member("mae", List.of(), List.of(elsewhere), Map.of())),
                                Metric.ACCURACY)
                        .text())
                .contains("mae is tested on other data than mse");
    }

    private static RunOutcome run(long seed, String testData, double accuracy) {
        return new RunOutcome(seed, RunStatus.DONE, null, "run", null, Outcomes.scores(accuracy), testData);
    }

    private static Member withSummary(Member member) {
        return new Member(
                member.name(), member.overrides(), member.runs(), Summaries.of(member.runs(), Outcomes.METRICS));
    }

    @Test
    void doesNotSpeakOfR2WhereItIsNotAskedFor() {
        Scores constant = new Scores(100, 1, null, 0.5, 0.4, null, null, null);
        RunOutcome one = new RunOutcome(1, RunStatus.DONE, null, "run", null, constant, null);
        List<Member> members = List.of(
                new Member("mse", List.of(), List.of(one), Map.of()),
                new Member("mae", List.of(), List.of(one), Map.of()));

        assertThat(new Conclusion(members, Metric.MSE).text())
                .contains("a difference needs two seeds or more that both members have scores for")
                .doesNotContain("R²");
    }

    @Test
    void saysWhyThereIsNoR2() {
        Scores constant = new Scores(100, 1, null, 0.5, 0.4, null, null, null);
        Member mse = ofValues("mse", constant);
        Member mae = ofValues("mae", constant);

        assertThat(text(Metric.R2, mse, mae))
                .isEqualTo(
                        "With 2 seeds, by R² on the test data: nothing can be concluded: there is no R², as all labels are"
                                + " the same; rank by another metric, such as comparison.metric=mse.");
    }

    private static Member ofValues(String name, Scores scores) {
        List<RunOutcome> runs = List.of(
                new RunOutcome(1, RunStatus.DONE, null, "run", null, scores, null),
                new RunOutcome(2, RunStatus.DONE, null, "run", null, scores, null));
        return new Member(name, List.of(), runs, Summaries.of(runs, List.of(Metric.MSE, Metric.MAE, Metric.R2)));
    }

    @Test
    void tellsOfRunsWithoutScores() {
        assertThat(text(
                        Metric.ACCURACY,
                        Outcomes.member("mse", 0.99, 0.98, 0.97),
                        Outcomes.member("mae", NONE, NONE, NONE),
                        Outcomes.member("l1", 0.99, NONE, 0.97)))
                .contains("of mae only 0 of 3 runs have scores; of l1 only 2 of 3 runs have scores.");
    }

    private static String text(Metric metric, Member... members) {
        return new Conclusion(List.of(members), metric).text();
    }
}
