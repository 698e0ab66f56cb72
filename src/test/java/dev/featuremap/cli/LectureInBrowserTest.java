package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Browser;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lecture's pages, and one that explains a prediction, as a browser shows them. */
@Tag("browser")
class LectureInBrowserTest {
    private static final List<String> PAGES = List.of(
            "index", "gradient", "xo", "homework", "shapes", "pooling", "dropout", "dense", "onehot", "explain");

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void writePages() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        String run = folder.resolve("run").toString();
        succeed(
                "train",
                "training.epochs=1",
                "data.trainExamples=200",
                "data.testExamples=50",
                "--quiet",
                "--run-dir",
                run);
        Path picture = folder.resolve("a letter.png");
        ImageIO.write(letter(), "png", picture.toFile());
        for (String language : List.of("en", "zh")) {
            Path pages = folder.resolve(language);
            succeed("lecture", "all", "--lang", language, "--html", pages.toString());
            String explanation = pages.resolve("explain.html").toString();
            succeed("explain", run, picture.toString(), "--lang", language, "--html", explanation);
        }
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static void succeed(String... args) {
        Run run = Run.of(args);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static BufferedImage letter() {
        BufferedImage image = new BufferedImage(60, 60, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 60, 60);
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(6));
        pen.drawLine(12, 12, 48, 48);
        pen.drawLine(48, 12, 12, 48);
        pen.dispose();
        return image;
    }

    static Stream<Arguments> pages() {
        return Stream.of("en", "zh").flatMap(language -> PAGES.stream().map(page -> Arguments.of(language, page)));
    }

    private static Path file(String language, String page) {
        return folder.resolve(language).resolve(page + ".html");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void opensWithItsPicturesAndWithoutAConsoleMessageOrAnOutsideRequest(String language, String page) {
        browser.screen(1100, 900, false).open(file(language, page));
        assertThat(browser.number("[...document.images].filter(i => i.naturalWidth > 0).length"))
                .isEqualTo(browser.number("document.images.length"));
        assertThat((String) browser.run("return document.querySelector('h1').textContent"))
                .isNotBlank();
        // The programs hold both languages.
        assertThat(
                        (String)
                                browser.run(
                                        "const body = document.body.cloneNode(true);"
                                                + " body.querySelectorAll('script').forEach(script => script.remove()); return body.textContent"))
                .matches(text -> text.matches("(?s).*[\\u4e00-\\u9fff].*") == language.equals("zh"), language);
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests())
                .containsExactly(file(language, page).toUri().toString());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasNoSeriousAccessibilityFinding(String language, String page) {
        for (boolean dark : new boolean[] {false, true}) {
            browser.screen(390, 800, dark).open(file(language, page));
            assertThat(browser.accessibilityFindings()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void changesBetweenLightAndDarkByTheButton(String language, String page) {
        String background = "return getComputedStyle(document.body).backgroundColor";
        browser.screen(1100, 900, false).open(file(language, page));
        Object light = browser.run(background);
        browser.run("document.getElementById('theme').click()");
        assertThat(browser.run(background)).isNotEqualTo(light);
        assertThat(browser.run("return document.getElementById('theme').textContent"))
                .isEqualTo(language.equals("en") ? "Light" : "浅色");
        browser.run("localStorage.clear()");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void fitsAPhone(String language, String page) {
        browser.screen(390, 800, false).open(file(language, page));
        assertThat(browser.number("document.documentElement.scrollWidth")).isEqualTo(390);
    }

    @Test
    void drawsTheDescentsCharts() {
        browser.screen(1100, 900, false).open(file("en", "gradient"));
        assertThat(browser.number("[...document.querySelectorAll('.chart svg')].filter(c => "
                        + "c.querySelectorAll('path[stroke*=series]').length >= 2).length"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void theIndexLeadsToEveryTopicAndEachTopicBack(String language) {
        browser.screen(1100, 900, false).open(file(language, "index"));
        List<?> links = (List<?>) browser.run("return [...document.links].map(link => link.href)");
        assertThat(links).hasSize(PAGES.size() - 2);
        for (Object link : links) {
            browser.open(Path.of(URI.create((String) link)));
            assertThat((List<?>) browser.run("return [...document.links].map(link => link.href)"))
                    .first()
                    .isEqualTo(file(language, "index").toUri().toString());
        }
    }
}
