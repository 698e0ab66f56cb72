package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.ComparisonResult.TestSet;
import dev.featuremap.run.ComparisonResult.Verdict;
import dev.featuremap.run.RunOutcome;
import dev.featuremap.run.RunStatus;
import dev.featuremap.run.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
                        + " The ± are 95 % t-intervals of the differences between runs of the same seed, signed figures those of the member they stand behind less the other's. They assume that"
                        + " differences are normally distributed; a sign-flip test, which does not, cannot reach 5 % with"
                        + " 5 pairs of runs (its least p is 0.06250).");
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
                .contains("; mse can't be told apart from l2 (+0.00 ± 0.12 points")
                .contains("; l2 beats mae and l1; mae and l1 can't be told apart")
                .contains(
                        "\"beats\" holds at 5 % for all 6 questions together (Holm's correction), \"may beat\" only for that"
                                + " pair by itself.");
    }

    @Test
    void asksMoreOfOneDifferenceAmongMany() {
        // p is about 0.03 each: enough for one test, not for two by Holm's correction.
        Member first = Outcomes.member("mse", 0.90, 0.90, 0.90, 0.90, 0.90);
        Member second = Outcomes.member("mae", 0.91, 0.93, 0.92, 0.90, 0.92);
        Member third = Outcomes.member("l1", 0.91, 0.93, 0.92, 0.90, 0.92);

        assertThat(result(Metric.ACCURACY, first, second).differences().get(0).p())
                .isBetween(0.026, 0.05);
        assertThat(text(Metric.ACCURACY, first, second)).contains("mae beats mse by");
        assertThat(text(Metric.ACCURACY, first, second, third))
                .contains(
                        "mae may beat mse by 1.60 ± 1.42 points; l1 may beat mse by 1.60 ± 1.42 points; mae and l1 can't be")
                .doesNotContain("mae beats", "l1 beats");
    }

    @Test
    void saysWhoLeads() {
        Member first = Outcomes.member("mse", 0.990, 0.980, 0.985, 0.990, 0.991);
        Member behind = Outcomes.member("mae", 0.978, 0.969, 0.972, 0.978, 0.979);
        Member level = Outcomes.member("l2", 0.991, 0.979, 0.986, 0.989, 0.9915);

        assertThat(result(Metric.ACCURACY, first, behind, level).verdict())
                .isEqualTo("l2 beats mae; can't be told apart from mse.");
        // Of an error, which here is 1 − accuracy, the smaller is the better.
        assertThat(result(Metric.MSE, behind, first).verdict()).isEqualTo("mse beats mae.");
        assertThat(result(Metric.ACCURACY, first, level).verdict()).isEqualTo("l2 can't be told apart from mse.");
        assertThat(result(Metric.ACCURACY, Outcomes.member("mse", NONE), Outcomes.member("mae", 0.5))
                        .verdict())
                .isEqualTo("Nothing can be concluded.");
    }

    @Test
    void saysWhatIsEqualWithinTheMargin() {
        Member first = Outcomes.member("mse", 0.9900, 0.9800, 0.9850, 0.9900, 0.9910);
        Member close = Outcomes.member("l2", 0.9902, 0.9799, 0.9850, 0.9901, 0.9909);
        Question question = new Question("accuracy", Map.of("accuracy", 0.001), List.of(5), null);

        ComparisonResult result = Outcomes.result(question, List.of(first, close));

        assertThat(result.differences().get(0).verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(result.verdict()).isEqualTo("l2 equals mse within 0.1 points.");
        assertThat(result.conclusion()).contains(": mse equals l2 (+0.00 ± 0.02 points) within 0.1 points.");
        // Without a margin nothing is equal.
        assertThat(text(Metric.ACCURACY, first, close)).contains("mse can't be told apart from l2");
    }

    @Test
    void saysHowManyMoreSeedsWouldDecide() {
        // −1, 0, 1, 2, 3 points: mean 1, sd √2.5. 0.6325 · √13 = 2.280 is above t(0.975, 12) = 2.179, 0.6325 · √12
        // below 2.201.
        Member first = Outcomes.member("mse", 0.90, 0.90, 0.90, 0.90, 0.90);
        Member other = Outcomes.member("mae", 0.89, 0.90, 0.91, 0.92, 0.93);

        assertThat(text(Metric.ACCURACY, first, other))
                .contains("mse can't be told apart from mae (+1.00 ± 1.96 points; about 8 more seeds would decide)");
        assertThat(text(
                        Metric.ACCURACY,
                        Outcomes.member("mse", 0.90, 0.90, 0.90),
                        Outcomes.member("mae", 0.90, 0.91, 0.92)))
                .doesNotContain("would decide");
    }

    @Test
    void tellsOfEachOfAGridsConditionsAndOfTheirInteraction() {
        // At 0 the losses do alike; at 0.4 mae is 10 points ahead.
        List<Member> members = List.of(
                at("mse", "0", Outcomes.member("mse-0", 0.90, 0.91, 0.92, 0.93, 0.94, 0.95)),
                at("mse", "0.4", Outcomes.member("mse-0.4", 0.70, 0.71, 0.72, 0.73, 0.74, 0.75)),
                at("mae", "0", Outcomes.member("mae-0", 0.901, 0.909, 0.921, 0.929, 0.941, 0.949)),
                at("mae", "0.4", Outcomes.member("mae-0.4", 0.801, 0.809, 0.820, 0.829, 0.842, 0.849)));

        ComparisonResult result = Outcomes.result(new Question("accuracy", null, List.of(6), null), members);

        assertThat(result.verdict())
                .isEqualTo("At data.labelNoise 0: mse can't be told apart from mae."
                        + " At data.labelNoise 0.4: mae beats mse.");
        assertThat(result.interactions()).hasSize(1);
        assertThat(result.interactions().get(0).mean()).isCloseTo(0.1, within(1e-9));
        assertThat(result.interactions().get(0).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(result.conclusion())
                .contains("at data.labelNoise 0: mse can't be told apart from mae (+0.00")
                .contains("; at data.labelNoise 0.4: mae beats mse by 10.00 ± 0.13 points")
                .contains("; loss mae − mse is +10.00 ± 0.07 points more at data.labelNoise 0.4 than at 0.")
                .contains("holds at 5 % for all 7 questions together");
    }

    private static Member at(String loss, String noise, Member member) {
        Map<String, String> levels = new LinkedHashMap<>();
        levels.put("loss", loss);
        levels.put("data.labelNoise", noise);
        return Outcomes.at(levels, member);
    }

    /** Of batches of 5, mae gains 10 points by the noise; of batches of 10 it gains them without. */
    @Test
    void tellsUnderWhichOfTheOtherKeysValuesAnInteractionWasSeen() {
        List<Member> members = new ArrayList<>();
        for (String loss : List.of("mse", "mae")) {
            for (String noise : List.of("0", "0.4")) {
                for (String batch : List.of("5", "10")) {
                    boolean gains = loss.equals("mae") && (noise.equals("0.4") || batch.equals("10"));
                    double own = 0.0001 * members.size();
                    double[] accuracies = {0.80, 0.81 + own, 0.82 - own, 0.83 + own * own, 0.84};
                    members.add(Outcomes.at(
                            orderedMap("loss", loss, "data.labelNoise", noise, "training.batchSize", batch),
                            Outcomes.member(
                                    loss + noise + batch,
                                    Arrays.stream(accuracies)
                                            .map(value -> value + (gains ? 0.1 : 0))
                                            .toArray())));
                }
            }
        }

        assertThat(Outcomes.result(new Question("accuracy", null, List.of(5), null), members)
                        .conclusion())
                .contains("at data.labelNoise 0.4, training.batchSize 5: mae beats mse by")
                .containsPattern(
                        "; loss mae − mse is \\+10\\.0. ± 0\\.0. points more at data.labelNoise 0.4 than at 0, training.batchSize 5;")
                .containsPattern(
                        "; loss mae − mse is \\+10\\.0. ± 0\\.0. points more at training.batchSize 10 than at 5, data.labelNoise 0;")
                .contains("; 3 of 6 interactions of the keys are open.");
    }

    private static Map<String, String> orderedMap(String... keysAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** Six differences and one interaction: mse and mae are open where there is no noise, and so is the interaction of the second. */
    @Test
    void countsInteractionsAmongTheOpenQuestions() {
        Question question = new Question("accuracy", null, List.of(4, 6), null);
        Member mse = at("mse", "0", Outcomes.member("mse-0", 0.90, 0.91, 0.92, 0.93, 0.94, 0.95));
        Member noisyMse = at("mse", "0.4", Outcomes.member("mse-0.4", 0.70, 0.711, 0.719, 0.73, 0.741, 0.75));
        Member mae = at("mae", "0", Outcomes.member("mae-0", 0.901, 0.909, 0.921, 0.929, 0.941, 0.949));
        double[] better = {0.801, 0.809, 0.820, 0.829, 0.842, 0.849};
        double[] alike = {0.699, 0.711, 0.720, 0.729, 0.742, 0.749};

        assertThat(Outcomes.result(
                                question,
                                List.of(mse, noisyMse, mae, at("mae", "0.4", Outcomes.member("mae-0.4", better))))
                        .conclusion())
                .contains("; 1 of 7 questions are open with the most seeds there may be, 6.")
                .doesNotContain("interactions of the keys");
        assertThat(Outcomes.result(
                                question,
                                List.of(mse, noisyMse, mae, at("mae", "0.4", Outcomes.member("mae-0.4", alike))))
                        .conclusion())
                .contains("; 1 of 1 interactions of the keys is open; 3 of 7 questions are open with the most seeds");
    }

    @Test
    void saysThatSeedsWereAddedInRoundsAndThatNotAllTookAsMany() {
        Member first = Outcomes.member("mse", 0.990, 0.980, 0.985, 0.990, 0.991, 0.990, 0.989, 0.990);
        Member level = Outcomes.member("l2", 0.991, 0.979, 0.986, 0.989, 0.9915, 0.988, 0.990, 0.989);
        Member behind = Outcomes.member("mae", 0.878, 0.869, 0.872, 0.878, 0.879);
        Question question = new Question("accuracy", null, List.of(5, 8), null);

        assertThat(Outcomes.result(question, List.of(first, level, behind)).conclusion())
                .startsWith(
                        "With 5 to 8 seeds (looked at after 5 and 8), by accuracy on the test data: mse beats mae by")
                .contains("; 1 of 3 questions are open with the most seeds there may be, 8.")
                .contains(
                        "for all 3 questions and 2 looks together (Holm's correction, linear spending of the 5 % over");
    }

    @Test
    void tellsOfPairsWithoutTheFirstToo() {
        Member first = Outcomes.member("mse", 0.90, 0.91, 0.92, 0.93, 0.94);
        Member behind = Outcomes.member("l2", 0.800, 0.811, 0.819, 0.830, 0.841);
        Member far = Outcomes.member("mae", 0.500, 0.510, 0.521, 0.529, 0.541);

        assertThat(text(Metric.ACCURACY, first, far, behind)).contains("; l2 beats mae.");
    }

    @Test
    void leadsByPairsOnly() {
        Member first = Outcomes.memberOn("a", "mse", 0.90, 0.91, 0.92);
        Member behind = Outcomes.memberOn("a", "l2", 0.800, 0.811, 0.819);
        Member elsewhere = Outcomes.memberOn("b", "mae", 0.99, 0.99, 0.99);

        assertThat(result(Metric.ACCURACY, first, behind, elsewhere).verdict()).isEqualTo("mse beats l2.");
    }

    @Test
    void leadsInTheWordsOfTheSentence() {
        // As in asksMoreOfOneDifferenceAmongMany.
        Member first = Outcomes.member("mse", 0.90, 0.90, 0.90, 0.90, 0.90);
        Member second = Outcomes.member("mae", 0.91, 0.93, 0.92, 0.90, 0.92);
        Member third = Outcomes.member("l1", 0.91, 0.93, 0.92, 0.90, 0.92);
        Member shifted = Outcomes.member("l2", 0.89, 0.89, 0.89, 0.89, 0.89);

        assertThat(result(Metric.ACCURACY, first, second, third).verdict())
                .isEqualTo("mae may beat mse; can't be told apart from l1.");
        assertThat(result(Metric.ACCURACY, first, shifted).verdict())
                .isEqualTo("mse differs by the same with every seed from l2.");
    }

    /** Ahead by 1 point in the first five seeds, behind by 3 in the next three: what was shown stays, and is told as it is. */
    @Test
    void saysThatAnEarlierLookShowedIt() {
        Member first = Outcomes.member("mse", 0.900, 0.900, 0.900, 0.900, 0.900, 0.90, 0.90, 0.90);
        Member other = Outcomes.member("mae", 0.910, 0.9101, 0.9099, 0.910, 0.910, 0.87, 0.87, 0.869);
        Question question = new Question("accuracy", null, List.of(5, 8), null);

        ComparisonResult result = Outcomes.result(question, List.of(first, other));

        assertThat(result.differences().get(0).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(result.verdict()).isEqualTo("mse is behind mae.");
        assertThat(result.conclusion())
                .contains("mae beats mse, as an earlier look showed (with all seeds mae − mse is −0.5")
                .doesNotContain("open with the most seeds");
    }

    @Test
    void namesTheLooksThatWereTakenOnly() {
        Member first = Outcomes.member("mse", 0.90, 0.91, 0.92, 0.93, 0.94, 0.95);
        Member other = Outcomes.member("mae", 0.80, 0.811, 0.819, 0.83, 0.841, 0.85);

        assertThat(Outcomes.result(new Question("accuracy", null, List.of(4, 6, 9, 14), null), List.of(first, other))
                        .conclusion())
                .startsWith("With 6 seeds (looked at after 4 and 6), by accuracy");
    }

    /** Of l2 two seeds are paired with mse's, of mae one: of that nothing is told, and it is no question. */
    @Test
    void speaksOfPairsOfTwoRunsOrMoreOnly() {
        Member first = Outcomes.member("mse", 0.90, 0.91);
        Member behind = Outcomes.member("l2", 0.80, 0.8101);
        Member once = Outcomes.member("mae", 0.50, NONE);

        assertThat(result(Metric.ACCURACY, first, behind, once).verdict()).isEqualTo("mse beats l2.");
        assertThat(text(Metric.ACCURACY, first, behind, once))
                .contains(": mse beats l2 by 9.99 ± 0.06 points; of mae only 1 of 2 runs have scores. The ±")
                .doesNotContain("mae − mse", "questions", "Holm");
    }

    @Test
    void groupsNeighboursAcrossAMemberOfOneRun() {
        Member first = Outcomes.member("mse", 0.99, 0.98, 0.985);
        Member good = Outcomes.member("mae", 0.90, 0.91, 0.92);
        Member once = Outcomes.member("l2", 0.908, NONE, NONE);
        Member nearlyGood = Outcomes.member("l1", 0.91, 0.89, 0.92);

        assertThat(text(Metric.ACCURACY, first, good, once, nearlyGood))
                .contains("; mae and l1 can't be told apart; of l2 only 1 of 3 runs");
    }

    /** Of three questions that are left for Holm's last steps, two p of 0.03 are too many. */
    @Test
    void saysWhatMayBeAheadAmongTheOthers() {
        Member first = Outcomes.member("mse", 0.50, 0.51, 0.49, 0.50, 0.52);
        Member second = Outcomes.member("mae", 0.90, 0.90, 0.90, 0.90, 0.90);
        Member third = Outcomes.member("l1", 0.91, 0.93, 0.92, 0.90, 0.92);
        Member fourth = Outcomes.member("l2", 0.91, 0.93, 0.92, 0.90, 0.92);

        assertThat(text(Metric.ACCURACY, first, second, third, fourth))
                .contains("; l1 may beat mae; l2 may beat mae; l1 and l2 can't be told apart.")
                .doesNotContain("mae may beat");
    }

    @Test
    void tellsOfOneRunEachByMcNemarsTest() {
        ComparisonResult result = result(
                Metric.ACCURACY,
                Outcomes.member("mse", 0.90),
                Outcomes.member("mae", 0.85),
                Outcomes.member("l1", 0.95),
                Outcomes.member("l2", 0.99));
        List<Difference> differences = new ArrayList<>(result.differences());
        differences.replaceAll(one -> switch (one.member() + " " + one.against()) {
            case "mae mse" -> with(one, new TestSet("accuracy", 100, null, null, null, null, 0.0625));
            case "l1 mse" -> with(one, new TestSet("mse", 100, null, null, null, null, null));
            case "l1 mae" -> with(one, new TestSet("accuracy", 100, null, null, null, null, 0.002));
            default -> one;
        });

        assertThat(new Conclusion(result.question(), result.members(), differences, List.of()).text())
                .isEqualTo("With 1 seed, by accuracy on the test data: nothing can be concluded: a difference needs two"
                        + " seeds or more that both members have scores for; of the one run each, mae − mse is −5.00"
                        + " points on these test examples (McNemar's p = 0.0625).");
    }

    /** An interval that ends at 0 holds it. */
    @Test
    void saysWhichDifferencesOtherTestExamplesMightNotShow() {
        ComparisonResult result = result(
                Metric.ACCURACY,
                Outcomes.member("mse", 0.90, 0.91, 0.92),
                Outcomes.member("low", 0.80, 0.811, 0.82),
                Outcomes.member("high", 0.801, 0.81, 0.82),
                Outcomes.member("below", 0.70, 0.711, 0.72),
                Outcomes.member("above", 0.60, 0.611, 0.62),
                Outcomes.member("no", 0.50, 0.511, 0.52));
        List<Difference> differences = new ArrayList<>(result.differences());
        differences.replaceAll(one -> switch (one.member() + " " + one.against()) {
            case "low mse" -> with(one, interval(0, 0.2));
            case "high mse" -> with(one, interval(-0.2, 0));
            // Which of the two is ahead is open.
            case "high low" -> with(one, interval(-0.1, 0.1));
            case "below mse" -> with(one, interval(-0.4, -0.1));
            case "above mse" -> with(one, interval(0.1, 0.4));
            case "no mse" -> with(one, new TestSet("accuracy", 100, null, null, null, null, null));
            default -> one;
        });

        assertThat(new Conclusion(result.question(), result.members(), differences, List.of()).text())
                .contains(
                        "; other test examples might not show the difference between low and mse, between high and mse:"
                                + " the interval over seeds and examples together holds 0. The ±");
    }

    private static TestSet interval(double low, double high) {
        return new TestSet("accuracy", 100, List.of(low, high), null, null, null, null);
    }

    private static Difference with(Difference one, TestSet testSet) {
        return new Difference(
                one.member(),
                one.against(),
                one.metric(),
                one.n(),
                one.mean(),
                one.ci95(),
                one.effectSize(),
                one.effectCi95(),
                one.p(),
                one.pSignFlip(),
                one.pAdjusted(),
                one.pEquality(),
                one.verdict(),
                one.seedsNeeded(),
                testSet);
    }

    @Test
    void takesNoRoundingForAnInteraction() {
        List<Member> members = List.of(
                at("mse", "0", Outcomes.member("a", 0.655, 0.80, 0.7)),
                at("mse", "0.4", Outcomes.member("b", 0.745, 0.85, 0.8)),
                at("mae", "0", Outcomes.member("c", 0.745, 0.85, 0.8)),
                at("mae", "0.4", Outcomes.member("d", 0.835, 0.90, 0.9)));

        ComparisonResult result =
                Outcomes.result(new Question("accuracy", Map.of("accuracy", 0.002), List.of(3), null), members);

        assertThat(result.interactions().get(0).mean()).isZero();
        assertThat(result.interactions().get(0).verdict()).isEqualTo(Verdict.OPEN);
        assertThat(result.interactions().get(0).p()).isNull();
    }

    @Test
    void speaksOfFoldsWhereThereAreSome() {
        Member first = Outcomes.inFolds(2, "mse", 0.90, 0.91, 0.92, 0.90);
        Member other = Outcomes.inFolds(2, "mae", 0.80, 0.81, 0.80, 0.81);

        assertThat(Outcomes.result(new Question("accuracy", null, List.of(2), 2), List.of(first, other))
                        .conclusion())
                .startsWith("With 2 seeds of 2 folds each, by accuracy on the held-out folds: mse beats mae by")
                .contains("by the corrected resampled t-test")
                .doesNotContain("more seeds would decide", "sign-flip");
    }

    @Test
    void saysWhereTheSignFlipTestDisagrees() {
        // One difference of the other sign and much larger spread on the same side: t holds, 2 · 4 of 64 flips are as
        // far.
        Member first = Outcomes.member("mse", 0.90, 0.90, 0.90, 0.90, 0.90, 0.90);
        Member other = Outcomes.member("mae", 0.93, 0.94, 0.95, 0.94, 0.93, 0.896);

        assertThat(text(Metric.ACCURACY, first, other))
                .contains("mae beats mse")
                .endsWith(
                        "The sign-flip test, which does not assume that differences are normally distributed, does not tell"
                                + " apart mae and mse (p = 0.063).");
        // Nor is it asked about what the t-test leaves open, as l2, or agrees on, as l1: 2 of 64 flips are p = 0.031.
        Member open = Outcomes.member("l2", 0.901, 0.898, 0.902, 0.899, 0.900, 0.901);
        Member ahead = Outcomes.member("l1", 0.990, 0.991, 0.992, 0.990, 0.991, 0.989);
        assertThat(text(Metric.ACCURACY, first, other, open, ahead))
                .contains("l1 beats mse", "mse can't be told apart from l2")
                .endsWith(" mae and mse (p = 0.063), l2 and mae (p = 0.063).");
        assertThat(text(Metric.ACCURACY, first, open))
                .endsWith("signed figures those of the member they stand behind" + " less the other's.");
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
                .contains("mae and l1 can't be told apart", "for all 3 questions together (Holm's correction)");
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
                .isEqualTo("With 2 seeds, by accuracy on the test data: mae − mse is −5.00 points with every seed: no"
                        + " spread was seen, so nothing can be concluded by a t-test.");
    }

    @Test
    void testsOnlyDifferencesThatSpread() {
        assertThat(text(
                        Metric.ACCURACY,
                        Outcomes.member("mse", 0.990, 0.980, 0.985, 0.990, 0.991),
                        Outcomes.member("mae", 0.978, 0.969, 0.972, 0.978, 0.979),
                        Outcomes.member("l2", 0.980, 0.970, 0.975, 0.980, 0.981)))
                .contains("mse beats mae by 1.20 ± 0.09 points; l2 − mse is −1.00 points with every seed: no spread")
                .doesNotContain("can't be told apart");
    }

    @Test
    void saysThatMembersWereTestedOnDifferentData() {
        Member first = Outcomes.memberOn("a", "mse", 0.99, 0.98, 0.97);
        Member same = Outcomes.memberOn("a", "l2", 0.95, 0.92, 0.94);
        Member other = Outcomes.memberOn("b", "mae", 0.5, 0.6, 0.55);

        assertThat(text(Metric.ACCURACY, first, same, other))
                .contains("mse beats l2", "mae is tested on other data than mse, so the two are not paired")
                .doesNotContain("mse beats mae", "can't be told apart");
        assertThat(result(Metric.ACCURACY, first, other).differences()).isEmpty();
        assertThat(text(Metric.ACCURACY, first, other))
                .contains("nothing can be concluded", "mae is tested on other data than mse");
    }

    @Test
    void pairsRunsOnTheDataOfTheirOwnSeed() {
        Member first = new Member("mse", List.of(), null, List.of(run(1, "a", 0.9), run(2, "b", 0.8)), Map.of());
        Member other = new Member("mae", List.of(), null, List.of(run(1, "a", 0.7), run(2, "b", 0.5)), Map.of());
        RunOutcome elsewhere = run(2, "c", 0.5);

        assertThat(text(Metric.ACCURACY, first, withSummary(other))).doesNotContain("other data");
        assertThat(text(Metric.ACCURACY, first, new Member("mae", List.of(), null, List.of(elsewhere), Map.of())))
                .contains("mae is tested on other data than mse");
    }

    private static RunOutcome run(long seed, String testData, double accuracy) {
        return new RunOutcome(seed, null, RunStatus.DONE, null, "run", null, Outcomes.scores(accuracy), testData);
    }

    private static Member withSummary(Member member) {
        return new Member(
                member.name(),
                member.overrides(),
                null,
                member.runs(),
                Summaries.of(member.runs(), Outcomes.METRICS, 0));
    }

    @Test
    void doesNotSpeakOfR2WhereItIsNotAskedFor() {
        Scores constant = new Scores(100, 1, null, 0.5, 0.4, null, null, null);
        RunOutcome one = new RunOutcome(1, null, RunStatus.DONE, null, "run", null, constant, null);
        List<Member> members = List.of(
                new Member("mse", List.of(), null, List.of(one), Map.of()),
                new Member("mae", List.of(), null, List.of(one), Map.of()));

        assertThat(text(Metric.MSE, members))
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
                new RunOutcome(1, null, RunStatus.DONE, null, "run", null, scores, null),
                new RunOutcome(2, null, RunStatus.DONE, null, "run", null, scores, null));
        return new Member(
                name, List.of(), null, runs, Summaries.of(runs, List.of(Metric.MSE, Metric.MAE, Metric.R2), 0));
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
        return text(metric, List.of(members));
    }

    private static String text(Metric metric, List<Member> members) {
        int seeds = members.get(0).runs().size();
        return Outcomes.result(new Question(metric.word(), null, List.of(seeds), null), members)
                .conclusion();
    }

    private static ComparisonResult result(Metric metric, Member... members) {
        int seeds = members[0].runs().size();
        return Outcomes.result(new Question(metric.word(), null, List.of(seeds), null), List.of(members));
    }
}
