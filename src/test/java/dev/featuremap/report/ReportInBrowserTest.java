package dev.featuremap.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Browser;
import dev.featuremap.run.RunDirectory;
import dev.featuremap.run.TuningDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as a browser shows them. */
@Tag("browser")
class ReportInBrowserTest {
    /** Charts in which a series is seen. */
    private static final String DRAWN = "[...document.querySelectorAll('.chart svg')].filter(c => "
            + "c.querySelector('path[stroke*=series], path[fill*=series]')?.getBoundingClientRect().width > 0).length";

    private static final String LOADED = "[...document.images].filter(i => i.complete && i.naturalWidth > 0).length";
    private static final String HOSTILE = "<script>document.title='taken'</script>";

    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path run;
    private static Path values;
    private static Path comparison;
    private static Path sideBySide;
    private static Path paired;
    private static Path search;

    @BeforeAll
    static void makeReports() {
        browser = Browser.start(folder.resolve("profile"));
        RunDirectory one = SampleRun.in(folder.resolve("run")).write();
        RunDirectory other = SampleRun.in(folder.resolve("values")).ofValues().write();
        run = RunReport.write(one);
        values = RunReport.write(other);
        comparison = SampleComparison.report(SampleComparison.write(folder.resolve("compare")));
        search = TuningReport.write(new TuningDirectory(SampleTuning.write(folder.resolve("tune"), HOSTILE)));
        sideBySide = folder.resolve("side-by-side.html");
        SideBySideReport.write(List.of(one, other), sideBySide, SideBySideReport::amongWorst);
        RunDirectory worse = SampleRun.in(folder.resolve("worse"))
                .named("worse", 7)
                .right(0.6)
                .write();
        paired = folder.resolve("paired.html");
        SideBySideReport.write(
                List.of(one, worse), paired, (run, examples) -> SideBySideReport.amongWorst(worse, examples));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static Path page(String name) {
        return switch (name) {
            case "run" -> run;
            case "values" -> values;
            case "comparison" -> comparison;
            case "search" -> search;
            case "paired" -> paired;
            default -> sideBySide;
        };
    }

    @ParameterizedTest
    @CsvSource({"run, 4", "values, 4", "comparison, 5", "side by side, 4", "paired, 4", "search, 1"})
    void drawsItsChartsWithoutAConsoleMessageOrAnOutsideRequest(String name, int charts) {
        browser.screen(1200, 900, false).open(page(name));
        assertThat(browser.number(DRAWN)).isEqualTo(charts);
        assertThat(browser.number(LOADED)).isEqualTo(browser.number("document.images.length"));
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).containsExactly(page(name).toUri().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "values", "comparison", "side by side", "paired", "search"})
    void hasNoSeriousAccessibilityFinding(String name) {
        for (boolean dark : new boolean[] {false, true}) {
            browser.screen(390, 800, dark).open(page(name));
            assertThat(browser.accessibilityFindings()).isEmpty();
        }
    }

    @Test
    void showsTheConfusionsNumbers() {
        browser.screen(1200, 900, false).open(run);
        String expected = RunDirectory.openEnded(run.getParent()).result().test().confusion().stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
        assertThat(browser.run("return [...document.querySelectorAll('.matrix tbody tr')].map(r => "
                        + "[...r.querySelectorAll('td')].map(c => c.textContent).join(',')).join(';')"))
                .isEqualTo(expected);
    }

    @Test
    void showsMistakesAndFiltersAsPictures() {
        browser.screen(1200, 900, false).open(run);
        assertThat(browser.number("document.querySelectorAll('.mistakes img').length"))
                .isEqualTo(24);
        assertThat(browser.number("document.querySelectorAll('.filters img').length"))
                .isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "values", "comparison", "side by side", "paired", "search"})
    void fitsAPhone(String name) {
        for (int width : new int[] {390, 320}) {
            browser.screen(width, 800, false).open(page(name));
            assertThat(browser.number("document.documentElement.scrollWidth")).isEqualTo(width);
            assertThat(browser.number("Math.max(...[...document.querySelectorAll('.chart svg')]"
                            + ".map(c => Math.ceil(c.getBoundingClientRect().right)))"))
                    .isLessThanOrEqualTo(width);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "values", "comparison", "side by side", "paired", "search"})
    void writesNothingBeyondAChartsEdges(String name) {
        for (int width : new int[] {390, 1280}) {
            browser.screen(width, 800, false).open(page(name));
            assertThat(browser.run("return [...document.querySelectorAll('.chart svg text')].filter(text => {"
                            + "const [inner, outer] = [text, text.closest('svg')].map(e => e.getBoundingClientRect());"
                            + "return inner.left < outer.left || inner.right > outer.right + 1 || inner.top < outer.top"
                            + " || inner.bottom > outer.bottom; }).map(text => text.textContent)"))
                    .isEqualTo(List.of());
        }
    }

    @Test
    void followsTheSystemsThemeAndTheButton() {
        String background = "return getComputedStyle(document.body).backgroundColor";
        browser.screen(1200, 900, false).open(run);
        Object light = browser.run(background);
        browser.screen(1200, 900, true).open(run);
        Object dark = browser.run(background);
        assertThat(dark).isNotEqualTo(light);
        browser.run("document.getElementById('theme').click()");
        assertThat(browser.run(background)).isEqualTo(light);
        assertThat(browser.number(DRAWN)).isEqualTo(4);
        browser.run("document.getElementById('theme').click()");
        assertThat(browser.run(background)).isEqualTo(dark);
        browser.run("localStorage.clear()");
    }

    /** However long the names of classes are, each stays in its cell of the confusion table. */
    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    void keepsLongClassNamesInTheirCells(int width) {
        List<String> names = List.of(
                "Australian silky terrier with a collar",
                "Rindfleischetikettierungsueberwachungsaufgabe",
                "中华田园犬和其他的狗以及很长很长的名字",
                "cat");
        Path page = RunReport.write(
                SampleRun.in(folder.resolve("long-" + width)).ofClasses(names).write());
        browser.screen(width, 900, false).open(page);
        assertThat(browser.run("return [...document.querySelectorAll('.matrix th, .matrix td')].filter(cell => {"
                        + " const box = cell.getBoundingClientRect(); return [...cell.children].map(e => e.getBoundingClientRect())"
                        + ".some(b => b.left < box.left || b.right > box.right || b.top < box.top || b.bottom > box.bottom)"
                        + " || cell.scrollWidth > cell.clientWidth; }).map(cell => cell.textContent)"))
                .isEqualTo(List.of());
        assertThat(browser.number("document.querySelector('.matrix').getBoundingClientRect().width"))
                .isLessThan(500);
        assertThat(browser.accessibilityFindings()).isEmpty();
    }

    @Test
    void showsWhatIsHostileAsText() {
        List<String> names = List.of("cat", HOSTILE, "\"><img src=x onerror=\"document.title='taken'\">", "</td>");
        Path page = RunReport.write(SampleRun.in(folder.resolve("hostile"))
                .ofClasses(names)
                .fromFolder("pictures/" + HOSTILE)
                .write());
        browser.screen(1200, 900, false).open(page);
        assertThat(browser.run("return document.title")).isEqualTo("sample · run report");
        assertThat(browser.run("return [...document.querySelectorAll('.matrix tbody th')].map(h => h.textContent)"))
                .isEqualTo(names);
        assertThat((String) browser.run("return document.querySelector('#configuration pre').textContent"))
                .contains("folder: " + Path.of("pictures").toAbsolutePath() + "/" + HOSTILE);
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void showsWhatACandidateFailedOfAsText() {
        browser.screen(1200, 900, false).open(search);
        assertThat(browser.run("return document.title")).isEqualTo("sample · search report");
        assertThat((String) browser.run(
                        "return document.querySelector('#candidates tbody tr:last-child .soft').textContent"))
                .isEqualTo(HOSTILE);
    }
}
