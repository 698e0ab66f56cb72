package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.featuremap.Browser;
import dev.featuremap.lecture.Digits;
import dev.featuremap.page.Block;
import dev.featuremap.page.Block.Picture;
import dev.featuremap.page.HtmlForm;
import dev.featuremap.page.Language;
import dev.featuremap.page.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a notebook's cells show, in the page that nbconvert makes of them with JupyterLab's style. */
@Tag("browser")
class NotebookPagesTest {
    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void picturesAreAsWideAsTheyAreMeantToBe() throws Exception {
        List<Picture> digits = Digits.all().stream()
                .map(digit -> Picture.light("a digit", digit))
                .toList();
        open(HtmlForm.fragment(
                new Block.Gallery("digits", digits), new Block.Beside(List.copyOf(digits.subList(0, 2)))));
        List<?> widths = (List<?>) browser.run("return [...document.images].map(i => [i.getBoundingClientRect().width,"
                + " i.getBoundingClientRect().height].join('x'))");
        // Of 28 pixels in a gallery, enlarged twice; on their own five times.
        assertThat(widths).hasSize(12);
        assertThat(widths.subList(0, 10)).allMatch("56x56"::equals);
        assertThat(widths.subList(10, 12)).allMatch("140x140"::equals);
    }

    @Test
    void aPageInlineRunsInAFrameOfItsOwn() throws Exception {
        Page page = new Page.Writer("t", "kind", Language.EN, "A \"page\" & more", "t").page();
        open(HtmlForm.inline(HtmlForm.of(page), 400));
        assertThat(browser.number("document.querySelector('iframe').getBoundingClientRect().height"))
                .isEqualTo(400);
        assertThat((String) browser.run("return document.querySelector('iframe').srcdoc"))
                .isEqualTo(HtmlForm.of(page));
        assertThat(browser.console()).noneMatch(message -> message.contains("Uncaught"));
    }

    /** Opens the page of a notebook with one cell that has this output. */
    private static void open(String output) throws IOException, InterruptedException {
        Path notebook = folder.resolve("shown.ipynb");
        Map<String, Object> shown = Map.of(
                "output_type", "display_data", "metadata", Map.of(), "data", Map.of("text/html", List.of(output)));
        Map<String, Object> cell = Map.of(
                "cell_type",
                "code",
                "id",
                "one",
                "execution_count",
                1,
                "metadata",
                Map.of(),
                "source",
                List.of(),
                "outputs",
                List.of(shown));
        Files.writeString(
                notebook,
                new ObjectMapper()
                        .writeValueAsString(Map.of(
                                "nbformat", 4, "nbformat_minor", 5, "metadata", Map.of(), "cells", List.of(cell))));
        Process nbconvert;
        try {
            nbconvert = new ProcessBuilder("jupyter", "nbconvert", "--to", "html", notebook.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("nbconvert.log").toFile())
                    .start();
        } catch (IOException e) {
            Assumptions.abort("no jupyter here: " + e.getMessage());
            return;
        }
        assertThat(nbconvert.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(nbconvert.exitValue())
                .as(Files.readString(folder.resolve("nbconvert.log")))
                .isZero();
        browser.screen(1280, 900, false).open(folder.resolve("shown.html"));
    }
}
