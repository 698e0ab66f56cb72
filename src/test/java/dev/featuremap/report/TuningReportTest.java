package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.featuremap.Failure;
import dev.featuremap.run.TuningDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningReportTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheBestAndLinksItsReport() throws IOException {
        Path search = SampleTuning.write(folder.resolve("t"));
        String html = Files.readString(TuningReport.write(new TuningDirectory(search)));

        assertThat(html)
                .contains("Candidate 9 did best of 12 by accuracy on 100 validation examples.")
                .contains("<strong>95.00 % accuracy</strong> on 100 test examples")
                .contains("href=\"./best-009/report.html\"")
                .contains("name: sample # &lt;i&gt;");
        assertThat(search.resolve("best-009/report.html")).isNotEmptyFile();
    }

    @Test
    void drawsEveryCandidateThatHasAScore() throws IOException {
        String html =
                Files.readString(TuningReport.write(new TuningDirectory(SampleTuning.write(folder.resolve("t")))));

        assertThat(html.split("<path class=\"line ")).hasSize(1 + 10);
        assertThat(html.split("<path class=\"line best\"")).hasSize(2);
        assertThat(html.split("<circle class=\"point")).hasSize(1 + 10 + 10 + 5 + 10);
        assertThat(html.split("<rect class=\"bar")).hasSize(1 + 11);
        assertThat(html).contains("over 1.8 min from the first one's begin");
    }

    @Test
    void marksTheCandidatesWithoutAScoreAndEscapesTheirCause() throws IOException {
        String html =
                Files.readString(TuningReport.write(new TuningDirectory(SampleTuning.write(folder.resolve("t")))));

        assertThat(html)
                .contains("failed<div class=\"soft\">the layers&#39; &lt;b&gt;do not&lt;/b&gt; fit</div>")
                .doesNotContain("<b>do not")
                .contains("<td class=\"runs\">abandoned</td>");
    }

    @Test
    void listsSpacesByTheirImportance() throws IOException {
        String html =
                Files.readString(TuningReport.write(new TuningDirectory(SampleTuning.write(folder.resolve("t")))));

        String importance =
                html.substring(html.indexOf("<section id=\"importance\">"), html.indexOf("id=\"timeline\""));
        assertThat(importance)
                .containsSubsequence(
                        "training.updater.learningRate", "50 %", "−0.75", "network.layers[0].filters", "25 %", "0.50");
    }

    @Test
    void putsValuesWhereTheyBelongOnTheirAxis() {
        ParameterAxis filters = ParameterAxis.of(SampleTuning.SPACES.get(0));
        ParameterAxis optional = ParameterAxis.of(SampleTuning.SPACES.get(1));
        ParameterAxis rate = ParameterAxis.of(SampleTuning.SPACES.get(3));

        assertThat(filters.place(2)).isZero();
        assertThat(filters.place(9)).isEqualTo(1);
        assertThat(filters.ticks()).extracting(ParameterAxis.Tick::label).containsExactly("2", "9");
        assertThat(optional.place("absent")).isEqualTo(0.25);
        assertThat(optional.place("present")).isEqualTo(0.75);
        assertThat(optional.place(null)).isNull();
        assertThat(rate.place(1e-3)).isEqualTo(1 / 3.0, within(1e-12));
        assertThat(rate.ticks()).extracting(ParameterAxis.Tick::label).containsExactly("1e-4", "0.00316", "0.1");
        assertThat(rate.holder()).isEqualTo("updater");
        assertThat(rate.name()).isEqualTo("learningRate");
        assertThat(rate.label(100.25)).isEqualTo("100");
    }

    @Test
    void showsErrorsOfSeveralOrdersOfMagnitudeByTheirRatios() throws IOException {
        Path search = SampleTuning.write(folder.resolve("t"));
        Path file = search.resolve("tuning.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"metric\" : \"accuracy\"", "\"metric\" : \"loss\"")
                        .replace("\"higher_is_better\" : true", "\"higher_is_better\" : false")
                        .replace("\"score\" : 0.5,", "\"score\" : 0.0005,"));

        ParameterAxis scores = ParameterAxis.ofScores(new TuningDirectory(search).result());

        assertThat(scores.log()).isTrue();
        assertThat(scores.ticks()).extracting(ParameterAxis.Tick::label).first().isEqualTo("5e-4");
        assertThat(Files.readString(TuningReport.write(new TuningDirectory(search))))
                .containsSubsequence(">0.001</text>", ">0.01</text>", ">0.1</text>", ">each candidate</text>");
    }

    @Test
    void namesAFileThatIsNoSearch() throws IOException {
        Path file = SampleTuning.write(folder).resolve("tuning.json");
        Files.writeString(file, Files.readString(file).replace("\"best\" :", "\"worst\" :"));

        assertThatThrownBy(() -> TuningReport.write(new TuningDirectory(folder)))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind().exitCode()).isEqualTo(4);
                    assertThat(failure).hasMessageContaining("tuning.json cannot be read: it has no best candidate");
                });
    }
}
