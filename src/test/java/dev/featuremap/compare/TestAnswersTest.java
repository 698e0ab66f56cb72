package dev.featuremap.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonDirectory;
import dev.featuremap.run.ComparisonResult.Difference;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import dev.featuremap.run.ComparisonResult.TestSet;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestAnswersTest {
    private static final int EXAMPLES = 40;
    private static final float[] RIGHT = {0.9f, 0.1f};
    private static final float[] WRONG = {0.1f, 0.9f};

    @TempDir
    Path folder;

    /** One member is wrong of the first 12 examples, the other of the first 4 and the last: 9 against 1 differ. */
    @Test
    void ofOneSeedComesMcNemarsTestAndTheExamplesOwnInterval() throws IOException {
        Member one = write("mse", 1, example -> example >= 12);
        Member other = write("mae", 1, example -> example >= 4 && example < EXAMPLES - 1);

        TestSet testSet = testSet(other, one, Metric.ACCURACY);

        assertThat(testSet.figure()).isEqualTo("accuracy");
        assertThat(testSet.examples()).isEqualTo(EXAMPLES);
        // 2 · (C(9, 0) + C(9, 1)) / 2⁹: of 8 + 1 examples in which only one is right, 1 falls to the other.
        assertThat(testSet.pMcNemar()).isCloseTo(2 * (1 + 9) / 512.0, within(1e-12));
        assertThat(testSet.ci95().get(0)).isBetween(0.0, 7.0 / EXAMPLES);
        assertThat(testSet.ci95().get(1)).isGreaterThan(7.0 / EXAMPLES);
        assertThat(testSet.seed()).isNull();
    }

    @Test
    void ofSeveralSeedsComeTheSharesOfTheVariance() throws IOException {
        Member one = write("mse", 2, example -> true);
        Member other = write("mae", 2, example -> example % 4 > 0);

        TestSet testSet = testSet(other, one, Metric.ACCURACY);

        // Both seeds are wrong of the same examples, so nothing but the examples varies.
        assertThat(testSet.pMcNemar()).isNull();
        assertThat(testSet.example()).isCloseTo(1, within(1e-12));
        assertThat(testSet.seed()).isZero();
        assertThat(testSet.both()).isZero();
    }

    @Test
    void scoresByTheErrorOfAllOutputsWhereThatRanks() throws IOException {
        Member one = write("mse", 2, example -> example % 2 > 0);
        Member other = write("mae", 2, example -> true);

        TestSet testSet = testSet(other, one, Metric.MSE);

        // Right (0.9, 0.1) against the label (1, 0) is 0.01 over the outputs, wrong 0.81: on half of them, 0.4 less.
        assertThat(testSet.figure()).isEqualTo("mse");
        assertThat(testSet.ci95().get(0)).isLessThan(-0.4);
        assertThat(testSet.ci95().get(1)).isBetween(-0.4, 0.0);
    }

    /** An unsure answer of (0.5, 0.5) to half of the examples: 0.5 less 0.1 absolute error, 0.25 less 0.01 squared error. */
    @Test
    void scoresByTheErrorThatRanksAndBySquaresForR2() throws IOException {
        Member one = write("mse", 1, example -> true);
        Member other = write("mae", 1, example -> true);
        writeAnswers("mae", 1, EXAMPLES, example -> example % 2 == 0 ? new float[] {0.5f, 0.5f} : RIGHT);
        PairedDifference pair = PairedDifference.of(other, one, Metric.MSE);

        TestSet absolute = answers().testSet(pair, Metric.MAE);
        TestSet squared = answers().testSet(pair, Metric.R2);

        assertThat(absolute.figure()).isEqualTo("mae");
        assertThat(absolute.ci95().get(0)).isBetween(0.13, 0.2);
        assertThat(absolute.ci95().get(1)).isBetween(0.2, 0.27);
        assertThat(squared.figure()).isEqualTo("mse");
        assertThat(squared.ci95().get(0)).isBetween(0.07, 0.12);
        assertThat(squared.ci95().get(1)).isBetween(0.12, 0.17);
        assertThat(absolute.pMcNemar()).isNull();
    }

    @Test
    void hasNoIntervalWhereNothingVaries() throws IOException {
        TestSet testSet = testSet(write("mae", 2, example -> true), write("mse", 2, example -> false), Metric.ACCURACY);

        assertThat(testSet.ci95()).isNull();
        assertThat(testSet.seed()).isNull();
    }

    @Test
    void areAskedInTheRankingMetricOnly() throws IOException {
        List<Member> members =
                List.of(write("mse", 2, example -> example > 3), write("mae", 2, example -> example > 1));
        Question question = new Question("mse", null, List.of(2), null);

        assertThat(new Analysis(question, members)
                        .result("small", answers()).differences().stream()
                                .filter(difference -> difference.testSet() != null))
                .extracting(Difference::metric)
                .containsExactly("mse");
    }

    @Test
    void isNoneWhereEachSeedDrawsItsOwnExamples() throws IOException {
        Member one = drawnBySeed(write("mse", 2, example -> true));
        Member other = drawnBySeed(write("mae", 2, example -> example % 4 > 0));

        assertThat(testSet(other, one, Metric.ACCURACY)).isNull();
    }

    private static Member drawnBySeed(Member member) {
        List<RunOutcome> runs = member.runs().stream()
                .map(run -> new RunOutcome(
                        run.seed(), null, run.status(), null, "run", null, run.test(), "of seed " + run.seed()))
                .toList();
        return new Member(member.name(), member.overrides(), null, runs, member.summary());
    }

    @Test
    void isNoneWhereAnswersAreMissingOrOfOtherExamples() throws IOException {
        Member one = write("mse", 2, example -> true);
        Member other = write("mae", 2, example -> false);
        Files.delete(folder.resolve("mae/seed-2/predictions.csv"));

        assertThat(testSet(other, one, Metric.ACCURACY)).isNull();
        assertThat(testSet(Outcomes.member("gone", 0.1, 0.2), one, Metric.ACCURACY))
                .isNull();
        // Both seeds say that they were tested on the same, but one answered to fewer.
        writeAnswers("mse", 2, EXAMPLES - 1, example -> RIGHT);
        writeAnswers("mae", 2, EXAMPLES - 1, example -> WRONG);
        assertThat(testSet(other, one, Metric.ACCURACY)).isNull();
    }

    private TestSet testSet(Member member, Member against, Metric metric) {
        return answers().testSet(PairedDifference.of(member, against, metric), metric);
    }

    private TestAnswers answers() {
        return new TestAnswers(new ComparisonDirectory(folder));
    }

    private Member write(String name, int seeds, IntPredicate isRight) throws IOException {
        Files.createDirectories(folder.resolve(name));
        double[] accuracies = new double[seeds];
        for (int seed = 1; seed <= seeds; seed++) {
            Plans.ended(folder.resolve(name).resolve("seed-" + seed));
            writeAnswers(name, seed, EXAMPLES, example -> isRight.test(example) ? RIGHT : WRONG);
            accuracies[seed - 1] = 0.5;
        }
        return Outcomes.memberOn("the same", name, accuracies);
    }

    private void writeAnswers(String name, int seed, int examples, IntFunction<float[]> outputs) {
        RunDirectory.open(folder.resolve(name).resolve("seed-" + seed))
                .writePredictions(new Predictions(
                        List.of("X", "O"),
                        List.of(),
                        new float[examples],
                        IntStream.range(0, examples).mapToObj(outputs).toArray(float[][]::new)));
    }
}
