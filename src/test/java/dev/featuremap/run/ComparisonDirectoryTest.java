package dev.featuremap.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.experiment.TrainingSpec.Metric;
import dev.featuremap.run.ComparisonResult.Member;
import dev.featuremap.run.ComparisonResult.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void hasAFolderForEachRunAndTrial() {
        ComparisonDirectory directory = new ComparisonDirectory(folder);

        assertThat(directory.run("mse", 7, null)).isEqualTo(folder.resolve("mse/seed-7"));
        assertThat(directory.run("mse", 7, 2)).isEqualTo(folder.resolve("mse/seed-7-fold-2"));
        assertThat(directory.trial("mse", "1e-3")).isEqualTo(folder.resolve("mse/rate-1e-3"));
        assertThat(directory.reportFile()).isEqualTo(folder.resolve("report.html"));
        assertThat(directory.textFile().getParent()).isEqualTo(folder);
        assertThat(directory.chartFile("ranking").getFileName()).hasToString("ranking.svg");
    }

    @Test
    void aSummaryIsAsWideAsItsIntervalIsHalf() {
        assertThat(new ComparisonResult.Summary(3, 0.75, 0.5, List.of(0.5, 0.875)).halfWidth())
                .isEqualTo(0.1875);
        assertThat(new ComparisonResult.Summary(1, 0.75, null, null).halfWidth())
                .isNaN();
    }

    /** The name of a member leads to its runs, and nowhere else. */
    @Test
    void findsRunsThatHaveEndedInItselfOnly() throws IOException {
        ComparisonDirectory directory = new ComparisonDirectory(folder.resolve("c"));
        RunOutcome outcome = outcome(7, null, null);
        EndedRun.ofClasses(Files.createDirectories(folder.resolve("c/mse")).resolve("seed-7"));
        EndedRun.ofClasses(Files.createDirectories(folder.resolve("elsewhere")).resolve("seed-7"));

        assertThat(directory.ended("mse", outcome))
                .hasValueSatisfying(run -> assertThat(run.path()).endsWith(Path.of("c/mse/seed-7")));
        assertThat(directory.ended("mse", outcome(8, null, null))).isEmpty();
        assertThat(directory.ended("../elsewhere", outcome)).isEmpty();
        Files.delete(folder.resolve("c/mse/seed-7/result.json"));
        assertThat(directory.ended("mse", outcome)).isEmpty();
    }

    @Test
    void holdsTheResultAndATableOfIt() throws IOException {
        ComparisonDirectory directory = new ComparisonDirectory(folder);
        Scores scores = new Scores(100, 1, 0.75, 0.25, 0.5, null, null, null);

        ComparisonResult result = result(null, outcome(1, null, scores), outcome(2, null, null));
        directory.write(result, List.of(Metric.ACCURACY, Metric.MSE));
        assertThat(directory.result()).isEqualTo(result);
        assertThat(folder.resolve("comparison.csv")).hasContent("""
                member,seed,status,metric,value
                mse,1,done,accuracy,0.75
                mse,1,done,mse,0.25
                mse,2,failed,accuracy,
                mse,2,failed,mse,
                """);

        directory.write(result(2, outcome(1, 1, scores), outcome(1, 2, scores)), List.of(Metric.MAE));
        assertThat(folder.resolve("comparison.csv")).hasContent("""
                member,seed,fold,status,metric,value
                mse,1,1,done,mae,0.5
                mse,1,2,done,mae,0.5
                """);
    }

    private static RunOutcome outcome(long seed, Integer fold, Scores test) {
        return test == null
                ? new RunOutcome(seed, fold, RunStatus.FAILED, "no data", "run", null, null, null)
                : new RunOutcome(seed, fold, RunStatus.DONE, null, "run", null, test, null);
    }

    private static ComparisonResult result(Integer folds, RunOutcome... runs) {
        Question question = new Question("accuracy", null, List.of(2), folds);
        Member member = new Member("mse", List.of("loss=mse"), null, List.of(runs), Map.of());
        return new ComparisonResult("small", question, List.of(member), null, null, "none", "nothing");
    }

    @Test
    void hasEndedWhenItsResultIsThere() throws IOException {
        ComparisonDirectory directory = new ComparisonDirectory(folder);
        assertThat(directory.isUnfinished()).isFalse();
        Files.writeString(folder.resolve("comparison.yaml"), "");
        assertThat(directory.isUnfinished()).isTrue();
        assertThat(directory.hasResult()).isFalse();
        assertThatThrownBy(directory::result)
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.remedy())
                                .isEqualTo("name the folder of a comparison that a compare command has finished"));

        Files.writeString(folder.resolve("comparison.json"), "{}");
        assertThat(directory.hasResult()).isTrue();
        assertThat(directory.isUnfinished()).isFalse();
    }
}
