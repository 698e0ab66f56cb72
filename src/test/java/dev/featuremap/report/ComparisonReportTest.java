package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonReportTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheConclusionAndLinksEveryRunsReport() throws IOException {
        Path comparison = SampleComparison.write(folder.resolve("compare"));
        String html = Files.readString(SampleComparison.report(comparison));
        assertThat(html).contains("With 2 seeds mse beats mae by 2 points.");
        for (String run : new String[] {"mse/seed-1", "mse/seed-2", "mae/seed-1", "mae/seed-2"}) {
            assertThat(html).contains("href=\"./" + run + "/report.html\"");
            assertThat(comparison.resolve(run).resolve("report.html")).isNotEmptyFile();
        }
        assertThat(html).contains("diverged: the loss is NaN at step 3").doesNotContain("./fast/");
    }

    /** A page's text. */
    private static String read(String html) {
        return html.substring(html.indexOf("<body"), html.indexOf("<script"))
                .replaceAll("<[^>]*>", "|")
                .replaceAll("[|\\s]+", " ");
    }

    @Test
    void leadsWithTheVerdictAndFoldsTheConclusion() throws IOException {
        String html = Files.readString(SampleComparison.report(SampleComparison.write(folder.resolve("compare"))));
        assertThat(html).contains("<p class=\"lead\">mse beats mae; equals l2 within 0.5 points.</p>");
        assertThat(html).contains("equal within 0.5 points. Without scores: fast.</p>");
        assertThat(html.indexOf("With 2 seeds mse beats mae")).isGreaterThan(html.indexOf("<details"));
    }

    @Test
    void saysTheSameOfAPairInTheMatrixTheChartTheTableAndTheText() throws IOException {
        Path comparison = SampleComparison.write(folder.resolve("compare"));
        String html = Files.readString(SampleComparison.report(comparison));
        // In rank order: mse, l2, mae.
        assertThat(read(html))
                .contains(
                        "mse = equal +0.10 ▲ better +2.00",
                        "l2 = equal −0.10 △ may be better +1.90",
                        "mae ▼ worse −2.00 ▽ may be worse −1.90",
                        "mae −2.00 (−3.00 to −1.00) worse; l2 −0.10 (−0.20 to 0.00) equal",
                        "mse − mae ▲ better +2.00",
                        "l2 − mae △ may be better +1.90");
        assertThat(Files.readString(comparison.resolve("comparison.md")))
                .contains(
                        "**mse beats mae; equals l2 within 0.5 points.**",
                        "| mse − mae | +2.00 | +1.00 to +3.00 | 0.0100 | ▲ better |",
                        "| mse − l2 | +0.10 | 0.00 to +0.20 | 0.2000 | = equal |",
                        "| l2 − mae | +1.90 | +0.10 to +3.70 | 0.0400 | △ may be better |",
                        "| fast | 0 of 1 | – |",
                        "](charts/ranking.svg)");
    }

    @Test
    void writesEachChartAsAFileThatThePageLinks() throws Exception {
        Path comparison = SampleComparison.write(folder.resolve("compare"));
        String html = Files.readString(SampleComparison.report(comparison));
        for (String chart : List.of("ranking", "difference-accuracy", "curve-accuracy", "curve-mse", "curve-mae")) {
            assertThat(html).contains("href=\"./charts/" + chart + ".svg\"");
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(comparison
                                    .resolve("charts")
                                    .resolve(chart + ".svg")
                                    .toFile())
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("svg");
        }
    }

    @Test
    void tellsHowMuchOfADifferenceIsTheTestSetsLuck() throws IOException {
        String html = Files.readString(SampleComparison.report(SampleComparison.write(folder.resolve("compare"))));
        assertThat(read(html))
                .contains("mse − mae +2.00 +1.00 to +3.00 −8.00 to +12.00 25&nbsp;%, 50&nbsp;%, 25&nbsp;%");
    }

    @Test
    void writesNoChartThroughALink() throws IOException {
        Path comparison = SampleComparison.write(folder.resolve("compare"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(comparison.resolve("charts"), outside);
        assertThatThrownBy(() -> SampleComparison.report(comparison)).isInstanceOf(Failure.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void leavesNoMarkupOfANameInTheTextToPaste() throws IOException {
        Path comparison = SampleComparison.write(folder.resolve("compare"));
        Path file = comparison.resolve("comparison.json");
        Files.writeString(file, Files.readString(file).replace("\"fast\"", "\"a|b](x)<i>\""));
        SampleComparison.report(comparison);
        assertThat(Files.readString(comparison.resolve("comparison.md"))).contains("| a\\|b\\](x)\\<i\\> | 0 of 1 |");
    }

    @Test
    void keepsAReportThatIsThere() throws IOException {
        Path comparison = SampleComparison.write(folder.resolve("compare"));
        Path report = comparison.resolve("mse/seed-1/report.html");
        Files.writeString(report, "kept");
        SampleComparison.report(comparison);
        assertThat(report).hasContent("kept");
    }

    @Test
    void neverLeavesTheComparisonsFolder() throws IOException {
        Path comparison = SampleComparison.write(folder.resolve("compare"));
        Path outside = SampleRun.in(
                        Files.createDirectories(folder.resolve("other")).resolve("seed-1"))
                .sized(1, 10)
                .write()
                .path();
        Path file = comparison.resolve("comparison.json");
        Files.writeString(file, Files.readString(file).replace("\"fast\"", "\"../other\""));
        SampleComparison.report(comparison);
        assertThat(outside.resolve("report.html")).doesNotExist();
    }

    @Test
    void namesAFileThatIsNoComparison() throws IOException {
        Files.writeString(folder.resolve("comparison.json"), "[1");
        assertThatThrownBy(() -> SampleComparison.report(folder)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind().exitCode()).isEqualTo(4);
            assertThat(failure).hasMessageContaining("comparison.json cannot be read");
        });
    }
}
