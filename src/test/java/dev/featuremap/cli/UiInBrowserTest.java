package dev.featuremap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.Browser;
import dev.featuremap.Stress;
import dev.featuremap.run.RunTags;
import dev.featuremap.run.Workspace;
import dev.featuremap.train.Runs;
import dev.featuremap.ui.UiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The workbench as a browser shows it; what goes on meanwhile is for {@link WatchedInBrowserTest}. */
@Tag("browser")
class UiInBrowserTest {
    private static final String USUAL = "20261128-105424-mnist-lecture-cnn-42";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @TempDir
    static Path folder;

    private static Path runs;
    private static Browser browser;
    private static UiServer server;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        runs = Files.createDirectory(folder.resolve("runs"));
        Runs.train(Runs.small(), runs.resolve(HOSTILE));
        Runs.train(Runs.small("seed=8"), runs.resolve("second"));
        Runs.train(Runs.small("seed=9", "loss=mse"), runs.resolve("third"));
        Runs.train(Runs.small("seed=9", "training.epochs=1"), runs.resolve(USUAL));
        server = UiServer.start(runs, new Workspace(folder), UiServer.Settings.LOCAL);
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    @Test
    void theTableIsFilteredSortedAndGrouped() {
        open("");
        browser.await("document.querySelectorAll('#rows tr').length === 4");
        browser.run("const where = document.getElementById('where'); where.value = 'loss = mse';"
                + " document.getElementById('question').requestSubmit()");
        browser.await("document.querySelectorAll('#rows tr').length === 1");
        assertThat(browser.run("return document.querySelector('#rows a').textContent"))
                .isEqualTo("third");
        assertThat(browser.run("return location.search")).isEqualTo("?where=loss+%3D+mse");

        browser.run("where.value = 'los = mse'; document.getElementById('question').requestSubmit()");
        browser.await("document.getElementById('fault').textContent.includes('los')");
        browser.run("where.value = 'seed < 9'; document.getElementById('question').requestSubmit()");
        browser.await("document.querySelectorAll('#rows tr').length === 2");
        browser.run(
                "[...document.querySelectorAll('#head button')].find(b => b.textContent.startsWith('Seed')).click()");
        browser.await("document.querySelector('#head [aria-sort]')?.textContent === 'Seed ↓'");
        assertThat(browser.run("return document.querySelector('#rows a').textContent"))
                .isEqualTo("second");
        browser.run("document.getElementById('by-seed').click()");
        browser.await("document.querySelectorAll('#rows tr').length === 1");
        assertThat(browser.run("return document.querySelector('#rows').textContent"))
                .asString()
                .contains("7 8");
    }

    @Test
    void theWayBackFromARunLeadsToWhatWasAsked() {
        open("?where=loss+%3D+mse");
        browser.await("document.querySelectorAll('#rows tr').length === 1");
        browser.run("document.querySelector('#rows a').click()");
        browser.await("document.getElementById('all-runs')?.search === '?where=loss+%3D+mse'");
        browser.run("document.getElementById('all-runs').click()");
        browser.await("document.querySelectorAll('#rows tr').length === 1");
        assertThat(browser.run("return document.getElementById('where').value")).isEqualTo("loss = mse");
    }

    @Test
    void chosenRunsAreTaggedAndSeenSideBySide() {
        open("");
        browser.await("document.querySelectorAll('#rows tr').length === 4");
        browser.run(
                "for (const name of ['second', 'third']) document.querySelector(`[aria-label='Choose ${name}']`).click()");
        browser.run(
                "document.getElementById('tag').value = 'liked'; document.getElementById('chosen').requestSubmit()");
        browser.await(
                "[...document.querySelectorAll('#rows .tags')].filter(cell => cell.textContent === 'liked').length === 2");
        browser.run("document.getElementById('beside').click()");
        browser.await("document.querySelector('h1')?.textContent.includes('side by side')");
    }

    @Test
    void aBadTagIsToldBesideItsButton() {
        open("");
        browser.await("document.querySelectorAll('#rows tr').length === 4");
        browser.run("document.querySelector(`[aria-label='Choose second']`).click();"
                + " document.getElementById('tag').value = '-x'; document.getElementById('chosen').requestSubmit()");
        browser.await("document.querySelector('#chosen [role=alert]').textContent.includes('is no tag')");
    }

    @Test
    void keepingTagsKeepsThoseThatOthersGaveMeanwhile() {
        Path run = runs.resolve("second");
        RunTags.change(run, before -> before.with(List.of("old", "theirs")));
        open("runs/second");
        browser.await("document.getElementById('tags').value.includes('theirs')");
        RunTags.change(run, before -> before.with(List.of("meanwhile")).noted("theirs too"));
        browser.run(
                "const tags = document.getElementById('tags'); tags.value = `${tags.value.replace('old', '')} mine`;"
                        + " document.getElementById('about').requestSubmit()");
        browser.await("document.getElementById('kept').textContent === 'Kept.'");
        assertThat(RunTags.of(run).tags())
                .contains("theirs", "meanwhile", "mine")
                .doesNotContain("old");
        assertThat(RunTags.of(run).note()).isEqualTo("theirs too");
        assertThat(browser.run("return document.getElementById('tags').value"))
                .isEqualTo(String.join(" ", RunTags.of(run).tags()));
        RunTags.NONE.write(run);
    }

    @Test
    void whatHasTheFocusIsNotBehindTheBarAtTheBottom() throws IOException {
        Path many = Files.createDirectory(folder.resolve("focused"));
        for (int i = 0; i < 40; i++) {
            Files.createDirectory(many.resolve("run-" + i));
            Files.copy(runs.resolve("second/experiment.yaml"), many.resolve("run-" + i + "/experiment.yaml"));
        }
        try (UiServer another = UiServer.start(many, new Workspace(folder), UiServer.Settings.LOCAL)) {
            browser.screen(1280, 400, false).open(another.address());
            browser.await("document.querySelectorAll('#rows tr').length === 40");
            browser.tabTo("focus.dataset.key === document.querySelectorAll('#rows a')[20].dataset.key");
            assertThat(browser.number("document.activeElement.getBoundingClientRect().bottom"))
                    .isLessThanOrEqualTo(
                            browser.number("document.getElementById('chosen').getBoundingClientRect().top"));
        }
    }

    @Test
    void aRunsReportAndItsPageToPlayWithAreMadeAndNothingIsWritten() throws IOException {
        open("runs/second/report.html");
        assertThat(browser.run("return document.querySelector('h1').textContent"))
                .isEqualTo("small");
        open("runs/second/play.html");
        browser.await("featuremap.page.thought()");
        assertThat(browser.console()).isEmpty();
        assertThat(runs.resolve("second/report.html")).doesNotExist();
        assertThat(runs.resolve("second/play.html")).doesNotExist();
    }

    @Test
    void whateverARunIsCalledIsText() {
        open("");
        browser.await("[...document.querySelectorAll('#rows a')].some(link => link.textContent === '" + HOSTILE + "')");
        browser.run("[...document.querySelectorAll('#rows a')].find(link => link.textContent === '" + HOSTILE
                + "').click()");
        browser.await("document.getElementById('status')?.textContent === 'done'");
        browser.await("document.querySelectorAll('#tiles img').length === 4");
        assertThat(browser.run("return document.querySelector('h1').textContent"))
                .isEqualTo(HOSTILE);
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).allMatch(address -> address.startsWith(server.address()));
    }

    @Test
    void aKeyboardAloneFiltersSortsChoosesAndKeeps() {
        open("");
        browser.await("document.querySelectorAll('#rows tr').length === 4");
        browser.tabTo("focus.id === 'where'");
        browser.type("loss = mcxent and epochs = 2", Keys.ENTER);
        browser.await("document.querySelectorAll('#rows tr').length === 2");
        browser.tabTo("focus.dataset.key === 'order seed'");
        browser.type(Keys.ENTER);
        browser.await("document.querySelector('#head [aria-sort=descending]')?.textContent === 'Seed ↓'");
        browser.type(Keys.SPACE); // It still has the focus, in a head that was made anew.
        browser.await("document.querySelector('#head [aria-sort=ascending]')?.textContent === 'Seed ↑'");
        browser.tabTo("focus.dataset.key === 'choose second'");
        browser.type(Keys.SPACE);
        browser.tabTo("focus.dataset.key?.startsWith('choose <img')");
        browser.type(Keys.SPACE);
        assertThat(browser.run("return document.getElementById('count').textContent"))
                .isEqualTo("2 chosen");
        browser.tabTo("focus.id === 'beside'");
        browser.type(Keys.ENTER);
        browser.await("document.querySelector('h1')?.textContent === '2 runs side by side'");

        open("runs/third");
        browser.await("document.getElementById('status').textContent === 'done'");
        browser.tabTo("focus.id === 'note'");
        browser.type("by keyboard", Keys.ENTER);
        browser.await("document.getElementById('kept').textContent === 'Kept.'");
        assertThat(RunTags.of(runs.resolve("third")).note()).isEqualTo("by keyboard");
        browser.type(Keys.chord(Keys.SHIFT, Keys.TAB), Keys.chord(Keys.SHIFT, Keys.TAB));
        browser.tabTo("focus.id === 'tags'");
        open("runs/third");
        browser.tabTo("focus.textContent === 'Report'");
        browser.type(Keys.ENTER);
        browser.await("document.getElementById('curves')");
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "390, false", "390, true"})
    void everybodyCanReadIt(int width, boolean dark) {
        String beside = "runs/side-by-side.html?run=second&run=third";
        String four = beside + "&run=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&run=" + USUAL;
        for (String page : List.of("", "runs/third", beside, four)) {
            browser.screen(width, 900, dark).open(server.address() + page);
            browser.await("document.querySelector('#rows tr, #steps svg, .chart svg')");
            assertThat(browser.accessibilityFindings()).isEmpty();
            assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        }
    }

    @Test
    void namesOfUsualLengthAreWhole() {
        browser.screen(390, 900, false).open(server.address());
        browser.await("document.querySelectorAll('#rows tr').length === 4");
        browser.run("window.lines = (link) => { const range = document.createRange(); range.selectNodeContents(link);"
                + " return new Set([...range.getClientRects()].map((piece) => Math.round(piece.top))).size; }");
        assertThat(browser.number("Math.max(...[...document.querySelectorAll('#rows a')].map(lines))"))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void ofThousandsOfRunsAHundredAreShownAtATime() throws IOException {
        int count = Stress.count("stress.runs", 250);
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < count; i++) {
            Path copy = Files.createDirectory(many.resolve("run-" + i));
            try (Stream<Path> files = Files.list(runs.resolve("second"))) {
                for (Path file : files.filter(UiInBrowserTest::tells).toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        try (UiServer another = UiServer.start(many, new Workspace(folder), UiServer.Settings.LOCAL)) {
            browser.beforeEachPage(
                    "window.longest = 0; new PerformanceObserver(list => list.getEntries()"
                            + ".forEach(task => { longest = Math.max(longest, task.duration); })).observe({ type: 'longtask', buffered: true })");
            browser.screen(1280, 900, false).open(another.address());
            browser.await("document.querySelectorAll('#rows tr').length === 100");
            assertThat(browser.run("return document.getElementById('place').textContent"))
                    .isEqualTo("1 to 100 of " + count);
            browser.run("document.getElementById('after').click()");
            browser.await("document.getElementById('place').textContent === '101 to 200 of " + count + "'");
            browser.run("[...document.querySelectorAll('#head button')].find(b => b.textContent === 'Name').click()");
            browser.await("document.getElementById('place').textContent === '1 to 100 of " + count + "'");
            browser.run("where.value = 'name ~ 7'; document.getElementById('question').requestSubmit()");
            browser.await("document.getElementById('found').textContent.includes(' of " + count + "')");
            Stress.tell(
                    54,
                    "longest task of the page in ms, filtering and sorting " + count + " runs",
                    Long.toString(browser.number("longest")));
        }
    }

    /** Whether a file of a run's directory tells what a table shows. */
    private static boolean tells(Path file) {
        return List.of("experiment.yaml", "result.json", "provenance.json")
                .contains(file.getFileName().toString());
    }

    private static void open(String page) {
        browser.screen(1280, 900, false).open(server.address() + page);
    }
}
