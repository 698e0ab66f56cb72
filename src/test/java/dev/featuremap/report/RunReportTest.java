package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    private static final long THREE_MEGABYTES = 3_000_000;

    @TempDir
    Path folder;

    @Test
    void staysUnderThreeMegabytesForAFullRun() throws IOException {
        RunDirectory run =
                SampleRun.in(folder.resolve("run")).sized(200, 10_000).write();
        assertThat(Files.size(RunReport.write(run))).isLessThan(THREE_MEGABYTES);
    }

    @Test
    void staysUnderThreeMegabytesForManyClasses() throws IOException {
        List<String> classes =
                IntStream.range(0, 256).mapToObj(i -> "class " + i).toList();
        RunDirectory run = SampleRun.in(folder.resolve("run"))
                .ofClasses(classes)
                .sized(10, 2560)
                .write();
        assertThat(Files.size(RunReport.write(run))).isLessThan(THREE_MEGABYTES);
    }

    @Test
    void escapesWhateverTheRunSays() throws IOException {
        String hostile = "<script>alert(1)</script>";
        String html = Files.readString(RunReport.write(SampleRun.in(folder.resolve(hostile.replace('/', '_')))
                .ofClasses(List.of("a&b", hostile))
                .fromFolder(hostile)
                .write()));
        assertThat(html)
                .doesNotContain("<script>alert")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;_script&gt;", "a&amp;b");
    }

    @Test
    void allowsNothingToBeFetched() throws IOException {
        String html = Files.readString(
                RunReport.write(SampleRun.in(folder.resolve("run")).write()));
        assertThat(html).contains("default-src 'none'; img-src data:").doesNotContain("unsafe-eval");
        assertThat(html).doesNotContainPattern("(src|href)=\"(?!data:|#)");
    }

    @Test
    void showsAnOldRunWithoutPredictions() throws IOException {
        RunDirectory run = SampleRun.in(folder.resolve("run")).write();
        Files.delete(folder.resolve("run/predictions.csv"));
        Files.delete(folder.resolve("run/mistakes.json"));
        Files.delete(folder.resolve("run/provenance.json"));
        assertThat(RunReport.html(run))
                .contains("id=\"confusion\"", "id=\"first-layer\"")
                .doesNotContain("id=\"mistakes\"", "id=\"calibration\"", "id=\"provenance\"");
    }

    @Test
    void drawsTheLossOfEachStepAndOfManyTheirMeanAndBand() throws IOException {
        RunDirectory run = SampleRun.in(folder.resolve("run")).write();
        assertThat(RunReport.html(run)).doesNotContain("Loss of each step");
        String rows = IntStream.rangeClosed(1, 400)
                .mapToObj(step -> step + "," + (step % 2 == 0 ? 0.25 : 0.75) + ",0.1\n")
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("run/steps.csv"), "step,loss,learning_rate\n" + rows);
        assertThat(StepCurve.of(run.stepRows()).orElseThrow()).satisfies(chart -> {
            assertThat(chart.places()).hasSize(200).startsWith(2.0).endsWith(400.0);
            assertThat(chart.series().get(0).values()).containsOnly(0.5);
            assertThat(chart.series().get(0).low()).containsOnly(0.25);
            assertThat(chart.series().get(0).high()).containsOnly(0.75);
        });
        assertThat(RunReport.html(run)).contains("Loss of each step");
    }

    @Test
    void showsARunThatDiverged() throws IOException {
        RunDirectory run = SampleRun.in(folder.resolve("run")).write();
        for (String file : List.of("model.zip", "predictions.csv", "mistakes.json", "metrics.csv", "provenance.json")) {
            Files.delete(folder.resolve("run").resolve(file));
        }
        run.writeResult(new dev.featuremap.run.RunResult(
                "sample",
                42,
                RunStatus.DIVERGED,
                run.result().data(),
                0,
                7,
                null,
                null,
                null,
                null,
                new dev.featuremap.run.RunResult.Training("nd4j", "f32", 0.1, 0),
                null,
                "run"));
        assertThat(RunReport.html(RunDirectory.openEnded(run.path())))
                .contains("Training diverged after 0 whole epochs and 7 steps", "id=\"network\"")
                .doesNotContain("id=\"curves\"", "id=\"confusion\"");
    }

    @Test
    void namesTheFileThatCannotBeRead() throws IOException {
        RunDirectory run = SampleRun.in(folder.resolve("run")).write();
        Files.writeString(folder.resolve("run/metrics.csv"), "epoch,loss\n1,2\n");
        assertThatThrownBy(() -> RunReport.html(run)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(4);
            assertThat(failure).hasMessageContaining("metrics.csv cannot be read: its first line is not epoch,step,");
        });
    }
}
