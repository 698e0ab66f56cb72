package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.ComparisonResult.TestSet;
import dev.featuremap.run.ComparisonResult.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonResultTest {
    private static final Difference WORSE = new Difference(
            "mae",
            "mse",
            "accuracy",
            6,
            -0.25,
            List.of(-0.5, 0.125),
            -1.5,
            List.of(-2.0, -0.5),
            0.01,
            0.03125,
            0.02,
            0.75,
            Verdict.WORSE,
            9,
            new TestSet("accuracy", 100, List.of(-0.75, 0.25), 0.5, 0.25, 0.25, 0.0625));

    @Test
    void tellsADifferenceFromEitherSide() {
        Difference error = bare("mae", "mse", "mse", Verdict.OPEN, null);
        ComparisonResult result = result(WORSE, error, bare("l1", "mse", "accuracy", Verdict.EQUAL, 0.5));

        assertThat(result.difference("mae", "mse", "accuracy")).contains(WORSE);
        assertThat(result.difference("mse", "mae", "accuracy"))
                .contains(new Difference(
                        "mse",
                        "mae",
                        "accuracy",
                        6,
                        0.25,
                        List.of(-0.125, 0.5),
                        1.5,
                        List.of(0.5, 2.0),
                        0.01,
                        0.03125,
                        0.02,
                        0.75,
                        Verdict.BETTER,
                        9,
                        new TestSet("accuracy", 100, List.of(-0.25, 0.75), 0.5, 0.25, 0.25, 0.0625)));
        assertThat(result.difference("mae", "mse", "mse")).contains(error);
        assertThat(result.difference("mse", "l1", "accuracy"))
                .hasValueSatisfying(turned -> assertThat(turned.verdict()).isEqualTo(Verdict.EQUAL));
        assertThat(result.difference("mae", "l1", "accuracy")).isEmpty();
        assertThat(result.difference("mae", "mse", "mae")).isEmpty();
    }

    /** As an earlier version's file, or of one pair of runs. */
    @Test
    void turnsADifferenceOfWhichLittleIsTold() {
        assertThat(bare("mae", "mse", "accuracy", null, null, 0.5).turned())
                .isEqualTo(bare("mse", "mae", "accuracy", null, null, -0.5));
        assertThat(WORSE.turned().turned()).isEqualTo(WORSE);
    }

    @Test
    void noDifferenceIsZeroFromBothSides() {
        Difference none = new Difference(
                "mae",
                "mse",
                "accuracy",
                5,
                0.0,
                List.of(0.0, 0.5),
                0.0,
                List.of(-0.5, 0.0),
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        Difference turned = none.turned();

        assertThat(Json.write(List.of(turned.mean(), turned.ci95(), turned.effectSize(), turned.effectCi95())))
                .doesNotContain("-0.0");
        assertThat(turned.ci95()).containsExactly(-0.5, 0.0);
        assertThat(turned.effectCi95()).containsExactly(0.0, 0.5);
    }

    @Test
    void holdsAloneWhereItIsOpenAndItsOwnTestIsWithinFivePercent() {
        assertThat(bare("mae", "mse", "mse", Verdict.OPEN, 0.05).holdsAlone()).isTrue();
        assertThat(bare("mae", "mse", "mse", Verdict.OPEN, 0.0501).holdsAlone()).isFalse();
        assertThat(bare("mae", "mse", "mse", Verdict.OPEN, null).holdsAlone()).isFalse();
        assertThat(bare("mae", "mse", "mse", Verdict.BETTER, 0.01).holdsAlone()).isFalse();
    }

    @Test
    void aVerdictOfTwoSidesIsShown() {
        assertThat(Arrays.stream(Verdict.values()).filter(Verdict::isShown))
                .containsExactly(Verdict.BETTER, Verdict.WORSE);
        assertThat(Arrays.stream(Verdict.values()).map(Verdict::turned))
                .containsExactly(Verdict.WORSE, Verdict.BETTER, Verdict.EQUAL, Verdict.OPEN);
        assertThat(Json.write(Verdict.BETTER)).isEqualTo("\"better\"\n");
    }

    @Test
    void asksForAMetricAfterMoreAndMoreSeeds() {
        assertThat(new Question("accuracy", null, List.of(1), null).looks()).containsExactly(1);
        assertThat(new Question("r2", Map.of("r2", 0.1), List.of(3, 5, 9), 2).folds())
                .isEqualTo(2);

        assertRefused("speed", List.of(3), null);
        assertRefused("mse", null, null);
        assertRefused("mse", List.of(), null);
        assertRefused("mse", List.of(0), null);
        assertRefused("mse", List.of(3, 5, 5), null);
        assertRefused("mse", List.of(5, 3), null);
        assertRefused("mse", List.of(3), 1);
    }

    @Test
    void aRunIsCalledByItsSeedAndFold() {
        assertThat(new RunOutcome(7, null, RunStatus.DONE, null, "run", null, null, null).name())
                .isEqualTo("seed 7");
        assertThat(new RunOutcome(7, 2, RunStatus.DONE, null, "run", null, null, null).name())
                .isEqualTo("seed 7, fold 2");
    }

    private static void assertRefused(String metric, List<Integer> looks, Integer folds) {
        assertThatThrownBy(() -> new Question(metric, null, looks, folds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it asks for " + metric + " after " + looks + " seeds");
    }

    private static Difference bare(String member, String against, String metric, Verdict verdict, Double p) {
        return bare(member, against, metric, verdict, p, 0.25);
    }

    private static Difference bare(
            String member, String against, String metric, Verdict verdict, Double p, double mean) {
        return new Difference(
                member, against, metric, 1, mean, null, null, null, p, null, null, null, verdict, null, null);
    }

    private static ComparisonResult result(Difference... differences) {
        List<ComparisonResult.Member> members = new ArrayList<>();
        for (String name : List.of("mse", "mae", "l1")) {
            members.add(new ComparisonResult.Member(name, List.of(), null, List.of(), Map.of()));
        }
        return new ComparisonResult("small", null, members, List.of(differences), null, "", "");
    }
}
