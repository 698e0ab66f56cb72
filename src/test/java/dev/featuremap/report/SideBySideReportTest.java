package dev.featuremap.report;

import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.experiment.ExperimentFile;
import dev.featuremap.run.Mistakes;
import dev.featuremap.run.Predictions;
import dev.featuremap.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideBySideReportTest {
    private static final String EXPERIMENT = """
            name: a
            data: {source: xo}
            network: {layers: [{type: output, units: 2}]}
            training: {epochs: 1, batchSize: 8}
            """;

    @TempDir
    Path folder;

    @Test
    void linksTheRunsReportsFromWhereItIs() throws IOException {
        RunDirectory one = SampleRun.in(folder.resolve("one")).sized(2, 50).write();
        RunDirectory other = SampleRun.in(folder.resolve("the other #2"))
                .ofValues()
                .sized(3, 50)
                .write();
        RunReport.write(other);
        Path file = Files.createDirectory(folder.resolve("reports")).resolve("both.html");
        SideBySideReport.write(List.of(one, other), file, SideBySideReport::amongWorst);
        assertThat(Files.readString(file))
                .contains("href=\"./../the%20other%20%232/report.html\"", "1 one")
                .doesNotContain("../one/report.html");
    }

    @Test
    void answersForTwoRunsOnTheSameExamplesFirst() throws IOException {
        RunDirectory good = SampleRun.in(folder.resolve("good")).right(0.95).write();
        RunDirectory bad = SampleRun.in(folder.resolve("bad"))
                .named("sample", 7)
                .right(0.6)
                .write();
        List<Integer> asked = new ArrayList<>();
        Path file = folder.resolve("both.html");
        SideBySideReport.write(List.of(good, bad), file, (run, examples) -> {
            assertThat(run).isSameAs(good);
            asked.addAll(examples);
            return SideBySideReport.amongWorst(bad, examples);
        });
        String page = Files.readString(file);
        Predictions one = good.predictions().orElseThrow();
        Predictions other = bad.predictions().orElseThrow();

        assertThat(page.indexOf("1 good is ahead of 2 bad on these examples"))
                .isPositive()
                .isLessThan(page.indexOf("id=\"runs\""));
        assertThat(page).contains("one run each tells nothing of other seeds");
        assertThat(asked)
                .hasSize(Mistakes.MOST)
                .allMatch(example -> one.isRight(example) != other.isRight(example))
                .isSortedAccordingTo(comparingDouble(example -> -confidence(one, other, example)));
        assertThat(page.split("<figure><img", -1))
                .hasSize(1 + SideBySideReport.amongWorst(bad, asked).size());
    }

    private static float confidence(Predictions one, Predictions other, int example) {
        Predictions wrong = one.isRight(example) ? other : one;
        return wrong.outputs()[example][wrong.predictedClass(example)];
    }

    @Test
    void saysFirstThatRunsWereTestedOnDifferentData() throws IOException {
        RunDirectory classes =
                SampleRun.in(folder.resolve("classes")).sized(2, 50).write();
        RunDirectory again = SampleRun.in(folder.resolve("again"))
                .named("again", 7)
                .sized(2, 50)
                .write();
        RunDirectory values =
                SampleRun.in(folder.resolve("values")).ofValues().sized(2, 50).write();
        Path two = folder.resolve("two.html");
        Path three = folder.resolve("three.html");
        SideBySideReport.write(List.of(classes, values), two, SideBySideReport::amongWorst);
        SideBySideReport.write(List.of(classes, values, again), three, SideBySideReport::amongWorst);

        assertThat(Files.readString(two))
                .containsSubsequence(
                        "<p class=\"lead\">1 classes and 2 values were tested on different data", "id=\"runs\"")
                .doesNotContain("id=\"paired\"");
        assertThat(Files.readString(three))
                .containsSubsequence(
                        "<p class=\"lead\">2 of 3 pairs of these runs were not tested on the same data",
                        "<li>1 classes and 2 values were tested on different data",
                        "id=\"paired\"",
                        "<th scope=\"row\" class=\"name\">1 classes</th><td class=\"name\">3 again</td>");
    }

    @Test
    void tellsOnlyWhatIsSetDifferently() {
        Settings settings = Settings.differences(List.of(
                ExperimentFile.parse(EXPERIMENT, "a", List.of()),
                ExperimentFile.parse(EXPERIMENT, "b", List.of("training.batchSize=16", "loss=mse"))));
        assertThat(settings.rows())
                .containsExactlyInAnyOrder(
                        new Settings.Row("training.batchSize", List.of("8", "16")),
                        new Settings.Row("loss", List.of("mcxent", "mse")));
    }
}
